using PluginGan.Core;
using PluginGan.Training;
using static TorchSharp.torch;

namespace PluginGan.Host.Runs;

/// <summary>What samples are made under: classes, or what comes from data: the images to translate, the vectors that describe them.</summary>
internal sealed class SampleConditions(TrainedModel trained, ComponentFactory factory, IReadOnlyList<ComponentDescription> components, Device device, CancellationToken stopping)
{
    private const int UsualCount = 64;

    /// <summary>The conditions of so many samples.</summary>
    /// <param name="count">How many samples; null for the usual number, or one for each sample of <paramref name="from"/>.</param>
    /// <param name="wanted">The class by name or index; null for all in turn.</param>
    /// <param name="from">Where conditions come from that are no classes: a folder of images or a dataset, in its order; null for any of the run's evaluation data.</param>
    /// <param name="seed">Which of the evaluation data.</param>
    /// <returns>How many samples, and their conditions on the CPU or null.</returns>
    /// <exception cref="UsageException">The model takes other conditions, or there are too few.</exception>
    public (int Count, Tensor? Conditions) Of(int? count, string? wanted, string? from, ulong seed)
    {
        var fromData = trained.Model.Condition is not (NoCondition or ClassCondition);
        if (wanted is not null && trained.Model.Condition is not ClassCondition)
            throw new UsageException($"--class: this model takes {trained.Model.Condition}; leave the option out");
        if (from is not null && !fromData)
            throw new UsageException($"--from: this model takes {trained.Model.Condition}; leave the option out");
        if (fromData)
            return OfData(count, from, seed);
        var usual = count ?? UsualCount;
        return (usual, trained.Model.Condition is ClassCondition classes ? OfClass(classes, wanted, usual) : null);
    }

    private static Tensor OfClass(ClassCondition classes, string? wanted, int count)
    {
        if (wanted is null)
            return Sampler.ClassesInTurn(classes, count)!;
        var index = classes.IndexOf(wanted);
        if (index < 0)
            throw new UsageException($"--class: there is no class '{wanted}'; there are {string.Join(", ", classes.Names.Select((name, number) => $"{number} {name}"))}");
        return full([count], index, dtype: ScalarType.Int64);
    }

    private (int, Tensor) OfData(int? count, string? from, ulong seed)
    {
        var choice = from is null ? trained.Recipe.Evaluation.Dataset! : new DatasetText(components, _ => []).Read("--from", from);
        using var data = factory.Dataset(choice, new ComponentSetting(device, trained.Recipe.Seed, null, stopping));
        var conditions = Reading(data.Spec, choice.Name);
        if (count > data.Count)
            throw new UsageException($"--count: {count} samples are asked for, but {(from is null ? "the evaluation data" : $"'{from}'")} has {data.Count} to make them from");
        var taken = (int)Math.Min(count ?? (from is null ? UsualCount : long.MaxValue), data.Count);
        var batch = from is null ? RealSamples.Draw(data, taken, seed) : RealSamples.First(data, taken, seed);
        return (taken, conditions(batch));
    }

    // A folder of images to translate holds them as its samples; data to train on has them as its conditions.
    private Func<Batch, Tensor> Reading(DataSpec data, string name) => trained.Model.Condition switch
    {
        var wanted when Composition.AreAlike(wanted, data.Condition) => batch => batch.Condition!,
        SampleCondition wanted when Composition.AreAlike(wanted, new SampleCondition(data.Sample)) => batch => batch.Samples,
        VectorCondition wanted when data.Sample is VectorSpec vector && vector.Size == wanted.Size => batch => batch.Samples,
        var wanted => throw new UsageException($"--from: this model takes {wanted}, but dataset '{name}' yields {data.Sample} with {data.Condition}"),
    };
}
