using PluginGan.Layers;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace PluginGan.Plugins.DcGan;

/// <summary>Latent [N, L] and, where there are classes, class [N] (int64) to image [N, C, H, W] in [-1, 1].</summary>
internal sealed class Generator : Module<Tensor, Tensor?, Tensor>
{
    // Few beside the latent's: with fifty, the class drowned the latent, and the samples of a class were nearly alike.
    public const int ClassFeatures = 10;

    private readonly Embedding? classes;
    private readonly Sequential layers;

    public Generator(Pyramid pyramid, int imageChannels, int latent, int? classCount)
        : base(nameof(Generator))
    {
        if (classCount is { } count)
            classes = Embedding(count, ClassFeatures);
        layers = Layers(pyramid, imageChannels, latent + (classes is null ? 0 : ClassFeatures));
        layers.InitialiseAsDcGan();
        RegisterComponents();
    }

    /// <inheritdoc/>
    public override Tensor forward(Tensor latent, Tensor? condition)
    {
        if (classes is null)
            return layers.call(latent);
        return layers.call(cat([latent, classes.call(Given.Classes(condition))], dim: 1));
    }

    private static Sequential Layers(Pyramid pyramid, int imageChannels, int inputs)
    {
        var channels = pyramid.Channels;
        var layers = Sequential(
            ("project", Linear(inputs, pyramid.InnermostSize, hasBias: false)),
            ("unflatten", Unflatten(1, [channels[0], pyramid.Base, pyramid.Base])),
            ("norm0", BatchNorm2d(channels[0])),
            ("activation0", ReLU(inplace: true)));
        for (var stage = 1; stage < channels.Count; stage++)
        {
            layers.append($"up{stage}", ConvTranspose2d(channels[stage - 1], channels[stage], 4, stride: 2, padding: 1, bias: false));
            layers.append($"norm{stage}", BatchNorm2d(channels[stage]));
            layers.append($"activation{stage}", ReLU(inplace: true));
        }
        // Straight to the image: a further convolution at full resolution would cost more than all the layers before it.
        layers.append("image", ConvTranspose2d(channels[^1], imageChannels, 4, stride: 2, padding: 1));
        layers.append("range", Tanh());
        return layers;
    }
}
