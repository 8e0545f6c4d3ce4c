using static TorchSharp.torch;

namespace PluginGan.TestPlugins;

/// <summary>Noise at the discriminator's input. Its state counts the verdicts it has seen.</summary>
public sealed class Jitter : Augmentation
{
    private readonly Counter counter = new();

    public override nn.Module State => counter;

    public override bool Adapts => true;

    public override Tensor Apply(Tensor samples, Tensor strength) => samples + Draws.NormalLike(samples) * strength;

    public override void Observe(DiscriminatorOutput real) => counter.Seen.add_(1);

    private sealed class Counter : nn.Module
    {
        public Counter()
            : base(nameof(Counter)) => register_buffer("seen", zeros(1));

        public Tensor Seen => get_buffer("seen")!;
    }
}
