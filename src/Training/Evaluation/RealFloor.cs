using TorchSharp;
using static TorchSharp.torch;

namespace PluginGan.Training;

/// <summary>Real samples in place of generated ones: what is measured on them is the floor of a metric.</summary>
/// <param name="Description">In words, what is compared.</param>
/// <param name="Real">The side of the real samples.</param>
/// <param name="Others">The side of the generated ones; its conditions are true labels.</param>
/// <param name="OfTraining">Whether these are training samples: to compare them with the training data would say nothing.</param>
/// <param name="Owned">What is disposed with it.</param>
internal sealed record RealFloor(string Description, EvaluationSet Real, EvaluationSet Others, bool OfTraining, IReadOnlyList<EvaluationSet> Owned) : IDisposable
{
    /// <summary>As many further samples of the evaluation data; they stay the caller's.</summary>
    public static RealFloor FromFurther(EvaluationSet real, EvaluationSet further, string dataset, bool ofTraining) =>
        new($"{real.Count} real samples against {further.Count} further ones of {dataset}", real, further, ofTraining, []);

    /// <summary>As many samples of the training data, disposed with the floor.</summary>
    public static RealFloor FromTraining(EvaluationSet real, EvaluationSet training) =>
        new($"{real.Count} real samples against {training.Count} of the training data, since the evaluation data has no further ones", real, training, true, [training]);

    /// <summary>Two halves, where there are no other samples.</summary>
    public static RealFloor FromHalves(EvaluationSet real, ulong seed, bool ofTraining)
    {
        using var scope = NewDisposeScope();
        using var generator = new Generator(seed, CPU);
        var (order, half) = (randperm(real.Count, dtype: ScalarType.Int64, generator: generator), real.Count / 2);
        var one = new SelectedSamples(real, order.narrow(0, 0, half).DetachFromDisposeScope());
        var other = new SelectedSamples(real, order.narrow(0, half, half).DetachFromDisposeScope());
        return new(
            $"two halves of the real samples, {half} each since there are no further ones: metrics that depend on the number of samples would differ with all of them",
            one, other, ofTraining, [one, other]);
    }

    public void Dispose()
    {
        foreach (var set in Owned)
            set.Dispose();
    }
}
