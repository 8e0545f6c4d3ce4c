using NUnit.Framework;
using TorchSharp;
using static TorchSharp.torch;

namespace PluginGan.Abstractions.Tests;

public class TensorDatasetTests
{
    private static readonly DataSpec Labelled = new(new VectorSpec(2), new ClassCondition(["left", "right"]));

    [Test]
    public void Samples_are_read_by_index_with_their_conditions()
    {
        using var dataset = new TensorDataset(Labelled, arange(6, dtype: float32).reshape(3, 2), tensor([0L, 1, 0]));

        using var batch = dataset.Read([2, 1, 1], 0);

        Assert.Multiple(() =>
        {
            Assert.That(dataset.Count, Is.EqualTo(3));
            Assert.That(batch.Samples.data<float>().ToArray(), Is.EqualTo(new[] { 4f, 5, 2, 3, 2, 3 }));
            Assert.That(batch.Condition!.data<long>().ToArray(), Is.EqualTo(new[] { 0L, 1, 1 }));
        });
    }

    [Test]
    public void Its_tensors_outlive_the_scope_they_were_made_in_and_end_with_it()
    {
        TensorDataset dataset;
        using (NewDisposeScope())
            dataset = new TensorDataset(Labelled, zeros(2, 2), zeros(2, dtype: ScalarType.Int64));

        Assert.That(dataset.Samples.IsInvalid || dataset.Conditions!.IsInvalid, Is.False);
        dataset.Dispose();
        Assert.That(dataset.Samples.IsInvalid && dataset.Conditions!.IsInvalid, Is.True);
    }

    [Test]
    public void No_samples_and_conditions_of_another_number_are_refused() => Assert.Multiple(() =>
    {
        Assert.That(() => new TensorDataset(Labelled, zeros(0, 2)), Throws.ArgumentException.With.Message.Contains("at least one sample").And.Message.Contains("[0, 2]"));
        Assert.That(() => new TensorDataset(Labelled, zeros(3, 2), zeros(2, dtype: ScalarType.Int64)), Throws.ArgumentException.With.Message.Contains("3 samples, but 2 conditions"));
    });
}
