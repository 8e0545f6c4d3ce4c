using TorchSharp;
using static TorchSharp.torch;

namespace PluginGan.Training;

/// <summary>One micro-batch of one update, as losses and regularisers see it.</summary>
internal sealed class Step(Trainer trainer, Phase phase, Draw draw, TrainingTime time, int repeat, int micro, bool trainsGenerator)
    : AdversarialStep
{
    private Tensor? generated, realInput, fakeInput;
    private DiscriminatorOutput? realOutput, fakeOutput;
    private int augmentations;

    /// <summary>Whether the inputs of the discriminator must carry a gradient.</summary>
    public bool DifferentiatesInput { get; set; }

    /// <summary>The verdict on real samples that the objective showed, or null.</summary>
    public DiscriminatorOutput? RealVerdict { get; private set; }

    public override GanModel Model => trainer.Model;

    public override Batch Real => draw.Real;

    public override Tensor? Condition => draw.Condition;

    public override TrainingTime Time => time;

    public override int Repeat => repeat;

    public override int Micro => micro;

    public override Tensor Generated => generated ??= trainsGenerator ? draw.Generated : draw.Generated.detach();

    public override Tensor RealInput => realInput ??= Input(draw.Real.Samples);

    public override Tensor FakeInput => fakeInput ??= Input(Generated);

    public override DiscriminatorOutput RealOutput => realOutput ??= Discriminate(RealInput);

    public override DiscriminatorOutput FakeOutput => fakeOutput ??= Discriminate(FakeInput);

    public CallTrace Trace => trainer.Trace;

    public override Tensor Latent(long count) => draw.Latent(count);

    public override ulong Seed(string purpose) => draw.Seed($"{phase.Name}/{purpose}");

    public override IDisposable BeginDraws(string purpose) => draw.Begin($"{phase.Name}/{purpose}");

    public override Tensor Augment(Tensor samples)
    {
        if (trainer.Augmentations.Count == 0)
            return samples;
        using var draws = draw.Begin($"{phase.Name}/augment", augmentations);
        GlobalGenerator.Seed(trainer.Device, draw.Seed($"{phase.Name}/augment", augmentations++));
        foreach (var (augmentation, strength) in trainer.Augmentations)
        {
            using var call = trainer.Trace.Calling(augmentation);
            using Scalar now = strength.At(time);
            samples = augmentation.Apply(samples, full([], now, ScalarType.Float32, trainer.Device));
        }
        return samples;
    }

    public override void Observe(DiscriminatorOutput real) => RealVerdict = real;

    public override void Keep(string name, Tensor value) => trainer.Keep(name, value);

    public override Tensor? Kept(string name) => trainer.Kept(name);

    public override Tensor Gradient(Tensor output, Tensor input)
    {
        using var precise = trainer.InFullPrecision();
        return InputGradient.Of(output, input, createGraph: true, $"phase '{phase.Name}'");
    }

    public override void Report(string scalar, Tensor value) => trainer.Report($"{phase.Name}/{scalar}", value);

    private DiscriminatorOutput Discriminate(Tensor input)
    {
        using var call = trainer.Trace.Calling(Model);
        return Model.Discriminate(input, Condition);
    }

    private Tensor Input(Tensor samples)
    {
        var input = Packing.Pack(Augment(samples), trainer.Pack);
        return !DifferentiatesInput || input.requires_grad ? input : input.detach().requires_grad_();
    }
}
