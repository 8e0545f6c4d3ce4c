using TorchSharp;
using static TorchSharp.torch;

namespace PluginGan.Plugins.Tests.Translation;

/// <summary>One update on given pairs, with any model that turns conditions into samples.</summary>
internal sealed class PairStep(GanModel model, Tensor samples, Tensor conditions) : AdversarialStep
{
    private readonly Dictionary<string, Tensor> kept = [];
    private Tensor? generated;

    /// <summary>What was reported, by name.</summary>
    public Dictionary<string, Tensor> Reported { get; } = [];

    /// <summary>The verdict on real samples that augmentations would be shown.</summary>
    public Tensor? Observed { get; private set; }

    public override GanModel Model => model;

    public override Batch Real { get; } = new(samples, conditions);

    public override Tensor Condition => conditions;

    public override Tensor Generated => generated ??= model.Generate(Latent(samples.shape[0]), conditions);

    public override Tensor RealInput => samples;

    public override Tensor FakeInput => Generated;

    public override DiscriminatorOutput RealOutput => model.Discriminate(RealInput, conditions);

    public override DiscriminatorOutput FakeOutput => model.Discriminate(FakeInput, conditions);

    public override TrainingTime Time => default;

    public override int Repeat => 0;

    public override int Micro => 0;

    public override void Observe(DiscriminatorOutput real) => Observed = real.Logits;

    public override ulong Seed(string purpose) => 1;

    public override Tensor Gradient(Tensor output, Tensor input) => throw new NotSupportedException();

    public override Tensor Latent(long count) => zeros([count, 0]);

    public override Tensor Augment(Tensor samples) => samples;

    public override void Keep(string name, Tensor value) => kept[name] = value.detach();

    public override Tensor? Kept(string name) => kept.GetValueOrDefault(name);

    public override void Report(string scalar, Tensor value) => Reported[scalar] = value.detach();
}
