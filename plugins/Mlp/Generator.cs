using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace PluginGan.Plugins.Mlp;

/// <summary>Latent [N, L] and, where there are classes, class [N] (int64) to samples [N, ...Shape]: points of any range, images in [-1, 1].</summary>
internal sealed class Generator : Module<Tensor, Tensor?, Tensor>
{
    private readonly int classCount;
    private readonly Sequential layers;
    private readonly Tensor? scale;

    public Generator(SampleSpec sample, int latent, int classCount, MlpOptions options)
        : base(nameof(Generator))
    {
        this.classCount = classCount;
        layers = Layers.Hidden(latent + classCount, options.GeneratorWidths, options.GeneratorActivation, options.Pieces, options.GeneratorBatchNorm);
        var last = options.GeneratorWidths is [.., var width] ? width : latent + classCount;
        layers.append("sample", Linear(last, sample.Shape.Aggregate(1L, (size, side) => size * side)));
        if (sample is ImageSpec)
            layers.append("range", Tanh());
        layers.append("shape", Unflatten(1, [.. sample.Shape]));
        layers.Initialise(options.Deviation);
        using var scope = NewDisposeScope();
        if (options.LatentScale != 1)
            scale = cat([full(options.Latent, options.LatentScale), ones(latent - options.Latent)]).DetachFromDisposeScope();
        RegisterComponents();
    }

    /// <inheritdoc/>
    public override Tensor forward(Tensor latent, Tensor? condition) =>
        layers.call(Layers.WithClasses(scale is null ? latent : latent * scale, condition, classCount));
}
