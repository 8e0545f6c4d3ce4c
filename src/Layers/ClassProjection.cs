using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace PluginGan.Layers;

/// <summary>
/// What a projection discriminator (Miyato, Koyama, arXiv:1802.05637, eq. 4) adds to its verdict: ⟨e(y), φ(x)⟩. Where P images are packed, e sums over them,
/// and each place in a pack has embeddings of its own.
/// </summary>
public sealed class ClassProjection : Module<Tensor, Tensor?, Tensor>
{
    private readonly int classes;
    private readonly Module<Tensor, Tensor> embedding;

    /// <param name="classes">How many classes there are, K.</param>
    /// <param name="embedding">e: a linear layer without bias from [N, P·K], one-hot, to [N, F]; as a layer it can be normalised as the others are.</param>
    public ClassProjection(int classes, Module<Tensor, Tensor> embedding)
        : base(nameof(ClassProjection))
    {
        this.classes = classes;
        this.embedding = embedding;
        RegisterComponents();
    }

    /// <summary>Features [N, F] and the class of each image [N·P] (int64) to [N].</summary>
    /// <exception cref="ComponentException">There are no classes.</exception>
    public override Tensor forward(Tensor features, Tensor? condition) =>
        (embedding.call(Embedded(condition, features)) * features).sum(1);

    private Tensor Embedded(Tensor? condition, Tensor features) =>
        functional.one_hot(Given.Classes(condition), classes).to(features.dtype).reshape(features.shape[0], -1);
}
