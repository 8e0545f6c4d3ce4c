using PluginGan.Layers;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace PluginGan.Plugins.DcGan;

/// <summary>
/// Images [N, C, H, W] and, where there are classes, the class of each [N] (int64) to the parameters of a latent: means and logarithms of variances side by side,
/// [N, 2·L], or the means alone, [N, L], where it is deterministic. Its convolutions are those of DCGAN's discriminator.
/// </summary>
internal sealed class Encoder : Module<Tensor, Tensor?, Tensor>
{
    private readonly bool stochastic;
    private readonly Sequential features;
    private readonly Embedding? classes;
    private readonly Linear head;

    public Encoder(Pyramid pyramid, int imageChannels, int latent, int? classCount, bool stochastic = true)
        : base(nameof(Encoder))
    {
        this.stochastic = stochastic;
        features = Convolutions.Down([imageChannels, .. pyramid.DiscriminatorChannels], batchNorm: true, layer => layer);
        if (classCount is { } count)
            classes = Embedding(count, Generator.ClassFeatures);
        head = Linear(pyramid.FeatureCount + (classes is null ? 0 : Generator.ClassFeatures), stochastic ? 2 * latent : latent);
        RegisterComponents();
        this.InitialiseAsDcGan();
    }

    /// <inheritdoc/>
    public override Tensor forward(Tensor images, Tensor? condition)
    {
        var found = features.call(images);
        if (classes is null)
            return head.call(found);
        if (condition is null)
            throw new ComponentException("this dcgan is class-conditional: its encoder needs the class of each image");
        return head.call(cat([found, classes.call(condition)], dim: 1));
    }

    /// <summary>The latents of images.</summary>
    public LatentEncoding Encode(Tensor images, Tensor? condition)
    {
        var found = call(images, condition);
        if (!stochastic)
            return new LatentEncoding(found);
        var halves = found.chunk(2, dim: 1);
        return new LatentEncoding(halves[0], halves[1]);
    }
}
