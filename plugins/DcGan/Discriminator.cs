using PluginGan.Layers;
using TorchSharp;
using TorchSharp.Modules;
using static PluginGan.Scalars;
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
    private readonly Sequential features;
    private readonly Module<Tensor, Tensor> verdict;
    private readonly ClassProjection? classes;

    public Discriminator(Pyramid pyramid, int imageChannels, int pack, int? classCount, DiscriminatorOptions options)
        : base(nameof(Discriminator))
    {
        this.options = options;
        features = Convolutions.Down([imageChannels * pack, .. pyramid.DiscriminatorChannels], options.DiscriminatorNorm == DiscriminatorNorm.Batch, Normalised);
        verdict = Normalised(Linear(pyramid.FeatureCount, 1));
        if (classCount is { } count && options.Projection)
            classes = new ClassProjection(count, Normalised(Linear(pack * count, pyramid.FeatureCount, hasBias: false)));
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
        return classes is null ? logits : logits.add(classes.call(features, condition), One);
    }

    private Module<Tensor, Tensor> Normalised(Module<Tensor, Tensor> layer) => options.SpectralNorm ? new SpectralNorm(layer) : layer;
}
