using TorchSharp;
using static PluginGan.Scalars;
using static TorchSharp.torch;

namespace PluginGan.Training;

/// <summary>The adversarial part of an update: the recipe's loss on each pair, then the penalties. Written against the contract alone, but for the trace of what is called.</summary>
internal sealed class AdversarialGame(AdversarialLoss? loss, CallTrace trace)
{
    /// <summary>One side's loss and penalties.</summary>
    /// <param name="step">The update.</param>
    /// <param name="phase">Its phase.</param>
    /// <param name="pairs">What is told apart.</param>
    public AdversarialTerm Play(StepContext step, GamePhase phase, IReadOnlyList<Pair> pairs)
    {
        var differentiates = phase.Terms.Any(term => term.Regularizer.DifferentiatesInput);
        // A run has one adaptive strength: it follows the first discriminator, once in each of its updates. A phase that reverts does not count.
        var shown = phase is { Stated: not null, Phase: { Side: Side.Discriminator, RevertsAfterIteration: false } } ? loss?.NeutralLogit : null;
        JudgedPair[] judged = [.. pairs.Select((pair, place) => Judged(step, pair, differentiates, place == 0 ? shown : null))];
        // A phase of regularisers alone has no loss.
        var total = phase.Stated is null ? null : Loss(step, phase.Phase.Side!.Value, judged);
        foreach (var (place, term) in phase.Terms.Index())
            if (Penalty(step, term, place, judged) is { } penalty)
            {
                using Scalar scale = term.Weight.At(step.Time) * phase.Updates;
                total = Sum(total, penalty.mul(scale));
            }
        return new AdversarialTerm(total, judged);
    }

    private static JudgedPair Judged(StepContext step, Pair pair, bool differentiates, double? neutralLogit)
    {
        var real = step.Discriminate(() => pair.Real, pair.Judge, differentiates, neutralLogit);
        return new JudgedPair(step, pair, real, step.Discriminate(() => pair.Fake, pair.Judge, differentiates));
    }

    private Tensor? Loss(StepContext step, Side side, JudgedPair[] pairs)
    {
        if (loss is null)
            return null;
        using var call = trace.Calling(loss);
        Tensor? total = null;
        foreach (var judged in pairs)
        {
            var value = side == Side.Discriminator ? Discriminator(step, judged) : Generator(judged);
            total = Sum(total, judged.Pair.Weight is { } weight ? value.mul(weight) : value);
        }
        step.Report("loss", total!);
        return total;
    }

    private Tensor Discriminator(StepContext step, JudgedPair judged)
    {
        var (real, fake) = (judged.Real.Output, judged.Fake.Output);
        Insight.Report(step, judged);
        return loss!.Discriminator(real, fake);
    }

    private Tensor Generator(JudgedPair judged) => judged.Pair.RealIsLearned
        ? loss!.GeneratorAndEncoder(judged.Real.Output, judged.Fake.Output)
        : loss!.Generator(loss.GeneratorSeesReal ? judged.Real.Output : null, judged.Fake.Output);

    private Tensor? Penalty(StepContext step, WeightedRegularizer term, int place, JudgedPair[] pairs)
    {
        using var call = trace.Calling(term.Regularizer);
        // What one draws leaves the draws of what follows as they are.
        using var draws = step.BeginDraws($"regularizer/{place}/{term.Name}");
        var penalty = term.Regularizer.ModelPenalty(step);
        foreach (var judged in pairs)
            if (term.Regularizer.Penalty(judged) is { } one)
                penalty = Sum(penalty, one);
        if (penalty is not null)
            step.Report(term.Name, penalty);
        return penalty;
    }

    private static Tensor Sum(Tensor? left, Tensor right) => left is null ? right : left.add(right, One);
}
