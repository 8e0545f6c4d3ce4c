using TorchSharp;
using static TorchSharp.torch;

namespace PluginGan.Training;

/// <summary>One micro-batch of one update, as losses and regularisers see it.</summary>
internal sealed class Step(UpdateParts parts, GamePhase phase, Draw draw, TrainingTime time, int repeat, int micro, bool trainsGenerator) : StepContext
{
    private readonly string name = phase.Phase.Name;
    private Tensor? generated;
    private int augmented;
    private Verdict? shown;
    private double neutralLogit;

    public override GanModel Model => parts.Model;

    public override Batch Real => draw.Real;

    public override Tensor? Condition => draw.Condition;

    public override TrainingTime Time => time;

    public override int Repeat => repeat;

    public override int Micro => micro;

    public override Tensor Generated => generated ??= trainsGenerator ? draw.Generated : draw.Generated.detach();

    public override Tensor Latent(long count) => draw.Latent(count);

    public override ulong Seed(string purpose) => draw.Seed($"{name}/{purpose}");

    public override IDisposable BeginDraws(string purpose) => draw.Begin($"{name}/{purpose}");

    public override void Keep(string name, Tensor value) => parts.Kept.Keep(name, value);

    public override Tensor? Kept(string name) => parts.Kept[name];

    public override void Report(string scalar, Tensor value) => parts.Report($"{name}/{scalar}", value);

    public override Tensor Gradient(Tensor output, Tensor input)
    {
        using var precise = parts.InFullPrecision();
        return InputGradient.Of(output, input, createGraph: true, $"phase '{name}'");
    }

    public override Verdict Discriminate(Func<Candidates> candidates, Judge? judge = null, bool differentiates = false, double? neutralLogit = null)
    {
        var by = judge ?? Model.Discriminate;
        var verdict = new Verdict(Given, Input, Judged);
        if (neutralLogit is { } neutral)
            (shown, this.neutralLogit) = (verdict, neutral);
        return verdict;

        Candidates Given()
        {
            using var call = parts.Trace.Calling(parts.Objective);
            return candidates();
        }

        Tensor Input(Tensor samples)
        {
            var input = Packing.Pack(Augment(samples), parts.Pack);
            return !differentiates || input.requires_grad ? input : input.detach().requires_grad_();
        }

        DiscriminatorOutput Judged(Tensor input, Tensor? condition)
        {
            using var call = parts.Trace.Calling(Model);
            return by(input, condition);
        }
    }

    public override AdversarialTerm Adversarial(params IReadOnlyList<Pair> pairs)
    {
        if (phase.Phase.Side is not { } side)
            throw new ComponentException($"phase '{name}' plays the adversarial game, but does not say for which side: set its Side");
        return parts.Game.Play(this, phase, pairs.Count > 0 ? pairs : parts.Objective.Pairs(side, this));
    }

    /// <summary>Shows the verdict on real samples to the run's augmentations, without gradients.</summary>
    public void ShowVerdict()
    {
        if (shown is null)
            return;
        var output = shown.Output;
        // Most neutral logits are 0, and then there is nothing to take off.
        if (neutralLogit != 0)
        {
            using Scalar neutral = neutralLogit;
            output = output with { Logits = output.Logits.sub(neutral) };
        }
        foreach (var (augmentation, _) in parts.Augmentations)
            augmentation.Observe(output);
    }

    private Tensor Augment(Tensor samples)
    {
        if (parts.Augmentations.Count == 0)
            return samples;
        using var draws = draw.Begin($"{name}/augment", augmented);
        GlobalGenerator.Seed(parts.Device, draw.Seed($"{name}/augment", augmented++));
        foreach (var (augmentation, strength) in parts.Augmentations)
        {
            using var call = parts.Trace.Calling(augmentation);
            using Scalar now = strength.At(time);
            samples = augmentation.Apply(samples, full([], now, ScalarType.Float32, parts.Device));
        }
        return samples;
    }
}
