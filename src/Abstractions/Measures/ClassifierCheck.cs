using static TorchSharp.torch;

namespace PluginGan;

/// <summary>How many labels of samples a classifier gets right that it was not trained on, and how many it would get right by chance.</summary>
/// <param name="Accuracy">The share of labels that it gets right.</param>
/// <param name="Chance">The share that its answers get right when they are given to other samples.</param>
/// <param name="Labels">How many labels were compared.</param>
public sealed record ClassifierCheck(double Accuracy, double Chance, long Labels)
{
    // Standard deviations of the accuracy of a classifier that guesses.
    private const double Significant = 3;
    private const int Shifts = 16;

    /// <summary>Whether a classifier that guesses may be as accurate as this one; false where so few labels would not show a perfect one.</summary>
    public bool IsAtChance =>
        Chance + Significant * Math.Sqrt(Chance * (1 - Chance) / Labels) is < 1 and var limit && Accuracy <= limit;

    /// <summary>Compares a classifier's answers with the labels, and with the labels of other samples.</summary>
    /// <param name="labels">The labels, first dimension N, of samples in random order.</param>
    /// <param name="hits">Which answers are right if these were the labels: boolean, [N] or [N, P].</param>
    public static ClassifierCheck Of(Tensor labels, Func<Tensor, Tensor> hits)
    {
        using var scope = NewDisposeScope();
        var right = hits(labels);
        var shifts = Math.Clamp(labels.shape[0] - 1, 1, Shifts);
        var chance = Enumerable.Range(1, (int)shifts).Average(shift => Share(hits(labels.roll(shift, 0))));
        return new ClassifierCheck(Share(right), chance, right.numel());

        static double Share(Tensor right) => right.sum().item<long>() / (double)right.numel();
    }

    /// <summary>Both figures: <c>its held-out accuracy is 10.4 % of 1000 labels, and chance is 10.1 %</c>.</summary>
    public override string ToString() =>
        FormattableString.Invariant($"its held-out accuracy is {100 * Accuracy:0.0} % of {Labels} labels, and chance is {100 * Chance:0.0} %");
}
