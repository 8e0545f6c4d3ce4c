using TorchSharp;
using static TorchSharp.torch;

namespace PluginGan.Training.Tests;

/// <summary>A small convolutional GAN on images of 3×16×16; equal seeds give equal weights.</summary>
internal sealed class ConvGame : GanModel
{
    public ConvGame(long seed, bool batchNorm = true)
    {
        manual_seed(seed);
        Generator = nn.Sequential(
            nn.Linear(8, 16 * 4 * 4),
            nn.Unflatten(1, [16, 4, 4]),
            nn.BatchNorm2d(16),
            nn.ReLU(),
            nn.ConvTranspose2d(16, 8, 4, stride: 2, padding: 1),
            nn.BatchNorm2d(8),
            nn.ReLU(),
            nn.ConvTranspose2d(8, 3, 4, stride: 2, padding: 1),
            nn.Tanh());
        Discriminator = nn.Sequential(
            nn.Conv2d(3, 8, 4, stride: 2, padding: 1),
            nn.LeakyReLU(0.2),
            nn.Conv2d(8, 16, 4, stride: 2, padding: 1),
            batchNorm ? nn.BatchNorm2d(16) : nn.Identity(),
            nn.LeakyReLU(0.2),
            nn.Flatten(),
            // Without a bias: a critic's has no gradient but rounding, which Adam turns into steps of its own.
            nn.Linear(16 * 4 * 4, 1, hasBias: false));
        Networks = new Dictionary<string, nn.Module> { [Roles.Generator] = Generator, [Roles.Discriminator] = Discriminator };
    }

    public nn.Module<Tensor, Tensor> Generator { get; }

    public nn.Module<Tensor, Tensor> Discriminator { get; }

    /// <summary>Told of all latents.</summary>
    public Action<Tensor>? Generating { get; init; }

    public override IReadOnlyDictionary<string, nn.Module> Networks { get; }

    public override LatentSpec Latent { get; } = LatentSpec.Normal(8);

    public override Tensor Generate(Tensor latent, Tensor? condition)
    {
        Generating?.Invoke(latent);
        return Generator.call(latent);
    }

    public override DiscriminatorOutput Discriminate(Tensor samples, Tensor? condition) => new(Discriminator.call(samples).squeeze(1));
}
