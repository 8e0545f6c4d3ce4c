using TorchSharp;
using TorchSharp.Modules;
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
        discriminator = new Critic();
        Networks = new Dictionary<string, nn.Module> { [Roles.Generator] = generator, [Roles.Discriminator] = discriminator };
    }

    /// <summary>Whether every generated sample is the same.</summary>
    public bool IgnoresLatent { get; }

    public override IReadOnlyDictionary<string, nn.Module> Networks { get; }

    public override LatentSpec Latent { get; } = LatentSpec.Normal(4);

    public override Tensor Generate(Tensor latent, Tensor? condition) => generator.call(IgnoresLatent ? zeros_like(latent) : latent);

    public override DiscriminatorOutput Discriminate(Tensor samples, Tensor? condition) => new(discriminator.call(samples).squeeze(1));

    // Its slope is one Scalar for good: TorchSharp's own module makes one in each pass, which may be freed while it is in use.
    private sealed class Critic : nn.Module<Tensor, Tensor>
    {
        private static readonly Scalar Slope = 0.2;

        private readonly Linear first = nn.Linear(2, 32);
        private readonly Linear second = nn.Linear(32, 32);
        private readonly Linear verdict = nn.Linear(32, 1);

        public Critic()
            : base(nameof(Critic)) => RegisterComponents();

        public override Tensor forward(Tensor input) => verdict.call(second.call(first.call(input).leaky_relu(Slope)).leaky_relu(Slope));
    }
}
