using PluginGan.Layers;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace PluginGan.Plugins.DcGan;

/// <summary>
/// D(x, z) of BiGAN (arXiv:1605.09782): images [N, C, H, W] and latents [N, L] to logits [N]. Image features and a layer on the latent meet in a hidden layer,
/// whose activations are its features.
/// </summary>
internal sealed class JointDiscriminator : Module<Tensor, Tensor, Tensor>
{
    private const int LatentFeatures = 512;
    private const int PairFeatures = 1024;

    private readonly Sequential images;
    private readonly Sequential latents;
    private readonly Sequential pairs;
    private readonly Module<Tensor, Tensor> verdict;

    public JointDiscriminator(Pyramid pyramid, int imageChannels, DcGanBiGanOptions options)
        : base(nameof(JointDiscriminator))
    {
        Module<Tensor, Tensor> Normalised(Module<Tensor, Tensor> layer) => options.SpectralNorm ? new SpectralNorm(layer) : layer;
        images = Convolutions.Down([imageChannels, .. pyramid.DiscriminatorChannels], options.DiscriminatorNorm == DiscriminatorNorm.Batch, Normalised);
        latents = Sequential(("hidden", Normalised(Linear(options.Latent, LatentFeatures))), ("activation", new LeakyRelu(Convolutions.Slope)));
        pairs = Sequential(("hidden", Normalised(Linear(pyramid.FeatureCount + LatentFeatures, PairFeatures))), ("activation", new LeakyRelu(Convolutions.Slope)));
        verdict = Normalised(Linear(PairFeatures, 1));
        RegisterComponents();
        this.InitialiseAsDcGan();
    }

    /// <inheritdoc/>
    public override Tensor forward(Tensor samples, Tensor latent) => Logits(Features(samples, latent));

    /// <summary>Images [N, C, H, W] and latents [N, L] to features of pairs [N, 1024].</summary>
    public Tensor Features(Tensor samples, Tensor latent) => pairs.call(cat([images.call(samples), latents.call(latent)], dim: 1));

    /// <summary>Features of pairs to logits [N].</summary>
    public Tensor Logits(Tensor features) => verdict.call(features).squeeze(1);
}
