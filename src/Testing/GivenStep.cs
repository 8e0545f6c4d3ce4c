using PluginGan.Training;
using TorchSharp;
using static TorchSharp.torch;

namespace PluginGan.Testing;

/// <summary>
/// One update on given data, as an objective, a loss or a regulariser sees it, without a training loop: networks are not frozen, nothing is scaled or masked, and nothing is disposed. What is
/// drawn comes from the scope of <see cref="Draws"/> that is open; latents that are not given are normal, from torch's generator.
/// </summary>
/// <param name="model">The model, or what stands for one.</param>
/// <param name="real">The real samples.</param>
public class GivenStep(GanModel model, Batch real) : StepContext
{
    private readonly Dictionary<string, Tensor> kept = [];
    private Objective? objective;
    private Tensor? generated;

    /// <summary>The phase that is updated; only its side, and whether it reverts, count.</summary>
    public Phase Phase { get; private set; } = new("d", [Roles.Discriminator]) { Side = Side.Discriminator };

    /// <summary>The recipe's loss; null for regularisers alone.</summary>
    public AdversarialLoss? Loss { get; init; }

    /// <summary>What <see cref="Latent"/> draws from, its first rows; null draws normal ones from torch's generator.</summary>
    public Tensor? Latents { get; init; }

    /// <summary>The type of drawn latents.</summary>
    public ScalarType Type { get; init; } = ScalarType.Float32;

    /// <summary>The generated samples; null generates them.</summary>
    public Tensor? Samples { get; init; }

    /// <summary>Whether generated samples carry the generator's gradient.</summary>
    public bool TrainsGenerator { get; init; } = true;

    /// <summary>Whether the discriminator's inputs carry a gradient whatever regularisers ask for.</summary>
    public bool Differentiates { get; init; }

    /// <summary>Samples that the discriminator sees at once.</summary>
    public int Pack { get; init; } = 1;

    /// <summary>The seed of every purpose.</summary>
    public ulong Draw { get; init; } = 1;

    /// <summary>What was reported last, by name.</summary>
    public Dictionary<string, Tensor> Reported { get; } = [];

    /// <summary>The verdict on real samples that augmentations would be shown last, its logits less the neutral one.</summary>
    public Tensor? Shown { get; private set; }

    /// <inheritdoc/>
    public override GanModel Model => model;

    /// <inheritdoc/>
    public override Batch Real => real;

    /// <inheritdoc/>
    public override Tensor? Condition => model.Condition is NoCondition ? null : real.Condition;

    /// <inheritdoc/>
    public override TrainingTime Time { get; } = new(0, 0, 100);

    /// <inheritdoc/>
    public override int Repeat => 0;

    /// <inheritdoc/>
    public override int Micro => 0;

    /// <inheritdoc/>
    public override Tensor Generated
    {
        get
        {
            generated ??= Samples ?? model.Generate(Latent(real.Count), Condition);
            return TrainsGenerator ? generated : generated.detach();
        }
    }

    /// <summary>The step's own pair as a regulariser sees it.</summary>
    public JudgedPair Judged => field ??= new(this, Pair, Discriminate(() => Pair.Real, null, Differentiates), Discriminate(() => Pair.Fake, null, Differentiates));

    /// <summary>Puts a phase of an objective on this step.</summary>
    /// <param name="objective">The objective.</param>
    /// <param name="phase">The name of one of its phases.</param>
    /// <returns>Its loss.</returns>
    public Tensor? Update(Objective objective, string phase)
    {
        (this.objective, Phase) = (objective, objective.Phases.Single(candidate => candidate.Name == phase));
        return objective.Loss(Phase, this);
    }

    /// <inheritdoc/>
    public override Tensor Latent(long count) => Latents is not null ? Latents.narrow(0, 0, count)
        : model.Latent.Length is { } length ? randn(count, length, model.Latent.Size, dtype: Type)
        : randn(count, model.Latent.Size, dtype: Type);

    /// <inheritdoc/>
    public override Verdict Discriminate(Func<Candidates> candidates, Judge? judge = null, bool differentiates = false, double? neutralLogit = null)
    {
        var verdict = new Verdict(candidates, Input, judge ?? model.Discriminate);
        if (neutralLogit is { } neutral)
            Shown = verdict.Logits.detach() - neutral;
        return verdict;

        Tensor Input(Tensor samples)
        {
            var packed = Packing.Pack(samples, Pack);
            return !differentiates || packed.requires_grad ? packed : packed.detach().requires_grad_();
        }
    }

    /// <inheritdoc/>
    public override AdversarialTerm Adversarial(params IReadOnlyList<Pair> pairs) =>
        new AdversarialGame(Loss, new CallTrace()).Play(this, new GamePhase(Phase, Phase, [], 1), pairs.Count > 0 ? pairs : objective?.Pairs(Phase.Side ?? throw new ComponentException($"phase '{Phase.Name}' plays the adversarial game, but has no Side"), this) ?? [Pair]);

    /// <inheritdoc/>
    public override ulong Seed(string purpose) => Draw;

    /// <inheritdoc/>
    public override void Keep(string name, Tensor value) => kept[name] = value.detach();

    /// <inheritdoc/>
    public override Tensor? Kept(string name) => kept.GetValueOrDefault(name);

    /// <inheritdoc/>
    public override Tensor Gradient(Tensor output, Tensor input) => InputGradient.Of(output, input, createGraph: true, "the step");

    /// <inheritdoc/>
    public override void Report(string scalar, Tensor value) => Reported[scalar] = value.detach();
}
