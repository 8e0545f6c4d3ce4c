using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace PluginGan.TestPlugins;

/// <summary>
/// A game of three networks in stages: the generator alone matches the mean at first; then discriminator, generator and an
/// encoder that recovers the latent are trained, on one draw. A running mean of real samples is kept as state, and the
/// discriminator's phase hands its verdict on to the generator's.
/// </summary>
public sealed class ThreeNetworks : Objective
{
    private const string Encoder = "encoder";

    private readonly Linear encoder;
    private readonly RunningMean mean;

    public ThreeNetworks(GanModel model)
    {
        encoder = nn.Linear(2, model.Latent.Size);
        mean = new RunningMean(2);
        Networks = new Dictionary<string, nn.Module> { [Encoder] = encoder };
    }

    public override nn.Module State => mean;

    public override IReadOnlyDictionary<string, nn.Module> Networks { get; }

    public override IReadOnlyList<Phase> Phases { get; } =
    [
        new("mean", [Roles.Generator]) { Active = new Window(0, 0.3) },
        new("d", [Roles.Discriminator]) { Active = new Window(0.3, 1) },
        new("g", [Roles.Generator]) { SharesDraw = true, Active = new Window(0.3, 1) },
        new("e", [Encoder]) { SharesDraw = true, Interval = 2, Active = new Window(0.3, 1) },
    ];

    public override Tensor? Loss(Phase phase, StepContext step)
    {
        switch (phase.Name)
        {
            case "mean":
                mean.Update(step.Real.Samples);
                return (step.Generated.mean([0]) - mean.Value).square().sum();
            case "d":
                var (real, fake) = (step.Model.Discriminate(step.Real.Samples, null).Logits, step.Model.Discriminate(step.Generated, null).Logits);
                step.Keep("verdict", real.mean());
                return nn.functional.softplus(-real).mean() + nn.functional.softplus(fake).mean();
            case "g":
                // Relativistic towards the verdict that the discriminator's phase has kept.
                var verdict = step.Kept("verdict") ?? throw new InvalidOperationException("the discriminator's phase kept nothing");
                return nn.functional.softplus(verdict - step.Model.Discriminate(step.Generated, null).Logits).mean();
            default:
                step.Report("distance", (step.Generated - step.Real.Samples).square().mean());
                return encoder.call(step.Generated).square().mean();
        }
    }

    private sealed class RunningMean : nn.Module
    {
        public RunningMean(int size)
            : base(nameof(RunningMean)) => register_buffer("value", zeros(size));

        public Tensor Value => get_buffer("value")!;

        public void Update(Tensor samples)
        {
            using var quiet = no_grad();
            Value.mul_(0.9f).add_(samples.mean([0]), 0.1f);
        }
    }
}
