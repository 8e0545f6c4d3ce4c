using PluginGan.Core;
using TorchSharp;
using static TorchSharp.torch;

namespace PluginGan.Training;

/// <summary>A regulariser with what the recipe says of it.</summary>
/// <param name="Name">Its name in the recipe, under which its value is logged.</param>
/// <param name="Regularizer">The term.</param>
/// <param name="Weight">Its weight over the run.</param>
/// <param name="Interval">Every so many iterations; above 1 it runs in a phase of its own, with its weight multiplied by the updates of its network in the meantime (lazy regularisation, arXiv:1912.04958).</param>
public sealed record WeightedRegularizer(string Name, Regularizer Regularizer, Schedule Weight, int Interval);

/// <summary>
/// An <see cref="AdversarialLoss"/> with its regularisers as an objective. Phases: <c>d</c> and <c>g</c>, and <c>d_reg</c>,
/// <c>g_reg</c> where a regulariser runs at intervals.
/// </summary>
public sealed class AdversarialObjective : Objective
{
    private static readonly Scalar One = 1.0;

    private readonly AdversarialLoss? loss;
    private readonly Scalar? undecided;
    private readonly Dictionary<string, (Phase Phase, List<WeightedRegularizer> Terms, int Updates)> phases = new(StringComparer.Ordinal);

    /// <param name="loss">The loss, or null for regularisers alone.</param>
    /// <param name="regularizers">The regularisers.</param>
    /// <param name="model">The model: the generating networks are trained in <c>g</c>.</param>
    /// <param name="discriminatorSteps">Discriminator updates for each generator update.</param>
    /// <param name="freshDraws">Whether <c>g</c> draws samples and latents of its own.</param>
    public AdversarialObjective(AdversarialLoss? loss, IReadOnlyList<WeightedRegularizer> regularizers, GanModel model, int discriminatorSteps, bool freshDraws = false)
    {
        this.loss = loss;
        // Most are 0, and then there is nothing to take off in each update.
        undecided = loss?.Undecided is { } logit and not 0 ? logit : null;
        // Regularisation comes first, so that `g` always stands right behind `d` and can share its draw.
        AddLazy("d", [Roles.Discriminator], discriminatorSteps);
        AddMain("d", [Roles.Discriminator], discriminatorSteps);
        AddMain("g", model.Generates, 1);
        AddLazy("g", model.Generates, 1);
        Phases = [.. phases.Values.Select(entry => entry.Phase)];

        void AddMain(string name, IReadOnlyList<string> trains, int repeat)
        {
            var terms = regularizers.Where(term => term.Regularizer.Phase == name && term.Interval == 1).ToList();
            if (loss is not null || terms.Count > 0)
                phases.Add(name, (new Phase(name, trains) { Repeat = repeat, SharesDraw = phases.Count > 0 && !freshDraws }, terms, 1));
        }

        // As hard as in every update that it stays away from.
        void AddLazy(string name, IReadOnlyList<string> trains, int repeat)
        {
            foreach (var terms in regularizers.Where(term => term.Regularizer.Phase == name && term.Interval > 1).GroupBy(term => term.Interval))
            {
                var unique = phases.ContainsKey($"{name}_reg") ? $"{name}_reg{terms.Key}" : $"{name}_reg";
                phases.Add(unique, (new Phase(unique, trains) { Interval = terms.Key }, [.. terms], terms.Key * repeat));
            }
        }
    }

    /// <inheritdoc/>
    public override IReadOnlyList<Phase> Phases { get; }

    /// <inheritdoc/>
    public override bool ShowsVerdicts => loss?.Undecided is not null;

    /// <inheritdoc/>
    public override Tensor? Loss(Phase phase, StepContext step)
    {
        var adversarial = (Step)step;
        var (_, terms, updates) = phases[phase.Name];
        adversarial.DifferentiatesInput = terms.Any(term => term.Regularizer.DifferentiatesInput);
        var total = Adversarial(phase.Name, adversarial);
        if (total is not null)
            step.Report("loss", total);
        foreach (var (place, (name, regularizer, weight, _)) in terms.Index())
        {
            using var call = adversarial.Trace.Calling(regularizer);
            // What one draws leaves the draws of what follows as they are.
            using var draws = step.BeginDraws($"regularizer/{place}/{name}");
            if (regularizer.Penalty(adversarial) is not { } penalty)
                continue;
            step.Report(name, penalty);
            using Scalar scale = weight.At(step.Time) * updates;
            var term = penalty.mul(scale);
            total = total is null ? term : total.add(term, One);
        }
        return total;
    }

    /// <inheritdoc/>
    public override void AfterStep(Phase phase, IReadOnlyList<Tensor> parameters)
    {
        foreach (var term in phases[phase.Name].Terms)
            term.Regularizer.AfterStep(parameters);
    }

    private Tensor? Adversarial(string phase, Step step)
    {
        if (loss is null)
            return null;
        using var call = step.Trace.Calling(loss);
        switch (phase)
        {
            case "d":
                step.Report("real", step.RealOutput.Logits.mean());
                step.Report("fake", step.FakeOutput.Logits.mean());
                Insight.Report(step);
                if (ShowsVerdicts)
                    step.Observe(undecided is null ? step.RealOutput : step.RealOutput with { Logits = step.RealOutput.Logits.sub(undecided) });
                return loss.Discriminator(step.RealOutput, step.FakeOutput);
            case "g":
                return loss.Generator(loss.GeneratorSeesReal ? step.RealOutput : null, step.FakeOutput);
            default:
                return null;
        }
    }
}
