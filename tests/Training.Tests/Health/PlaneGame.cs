using TorchSharp;
using static TorchSharp.torch;

namespace PluginGan.Training.Tests;

/// <summary>Multi-layer perceptrons for points in the plane; equal seeds give equal weights.</summary>
internal sealed class PlaneGame : GanModel
{
    private readonly nn.Module<Tensor, Tensor> generator;
    private readonly nn.Module<Tensor, Tensor> discriminator;

    public PlaneGame(long seed, bool ignoresLatent = false)
    {
        manual_seed(seed);
        IgnoresLatent = ignoresLatent;
        generator = nn.Sequential(nn.Linear(4, 32), nn.ReLU(), nn.Linear(32, 32), nn.ReLU(), nn.Linear(32, 2));
        discriminator = nn.Sequential(nn.Linear(2, 32), nn.LeakyReLU(0.2), nn.Linear(32, 32), nn.LeakyReLU(0.2), nn.Linear(32, 1));
        Networks = new Dictionary<string, nn.Module> { [Roles.Generator] = generator, [Roles.Discriminator] = discriminator };
    }

    /// <summary>Whether every generated sample is the same.</summary>
    public bool IgnoresLatent { get; }

    public override IReadOnlyDictionary<string, nn.Module> Networks { get; }

    public override LatentSpec Latent { get; } = LatentSpec.Normal(4);

    public override Tensor Generate(Tensor latent, Tensor? condition) => generator.call(IgnoresLatent ? zeros_like(latent) : latent);

    public override DiscriminatorOutput Discriminate(Tensor samples, Tensor? condition) => new(discriminator.call(samples).squeeze(1));
}
