using PluginGan.Layers;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace PluginGan.Plugins.DcGan;

/// <summary>
/// Images [N, P·C, H, W], P packed together, and, where there are classes, the class of each image [N·P] (int64) to logits [N].
/// With classes it is a projection discriminator (arXiv:1802.05637, eq. 4): ψ(φ(x)) + ⟨e(y), φ(x)⟩, where e sums over the images of a pack.
/// </summary>
internal sealed class Discriminator : Module<Tensor, Tensor?, Tensor>
{
    private readonly DiscriminatorOptions options;
    private readonly int classCount;
    private readonly Sequential features;
    private readonly Module<Tensor, Tensor> verdict;
    private readonly Module<Tensor, Tensor>? classes;

    public Discriminator(Pyramid pyramid, int imageChannels, int pack, int? classCount, DiscriminatorOptions options)
        : base(nameof(Discriminator))
    {
        this.options = options;
        this.classCount = classCount ?? 0;
        features = Convolutions.Down([imageChannels * pack, .. pyramid.DiscriminatorChannels], options.DiscriminatorNorm == DiscriminatorNorm.Batch, Normalised);
        verdict = Normalised(Linear(pyramid.FeatureCount, 1));
        if (classCount is { } count && options.Projection)
            classes = Normalised(Linear(pack * count, pyramid.FeatureCount, hasBias: false));
        RegisterComponents();
        this.InitialiseAsDcGan();
    }

    /// <inheritdoc/>
    public override Tensor forward(Tensor images, Tensor? condition) => Logits(Features(images), condition);

    /// <summary>φ: images [N, P·C, H, W] to features [N, F].</summary>
    public Tensor Features(Tensor images) => features.call(images);

    /// <summary>Features [N, F] and classes [N·P] to logits [N].</summary>
    public Tensor Logits(Tensor features, Tensor? condition)
    {
        var logits = verdict.call(features).squeeze(1);
        if (classes is null)
            return logits;
        if (condition is null)
            throw new ComponentException("this dcgan is class-conditional: its discriminator needs the class of each image");
        // [N·P] to [N, P·K]: each place in a pack has embeddings of its own, and a layer on one-hot vectors is their sum.
        var oneHot = functional.one_hot(condition, classCount).to(features.dtype).reshape(features.shape[0], -1);
        return logits + (classes.call(oneHot) * features).sum(1);
    }

    private Module<Tensor, Tensor> Normalised(Module<Tensor, Tensor> layer) => options.SpectralNorm ? new SpectralNorm(layer) : layer;
}
