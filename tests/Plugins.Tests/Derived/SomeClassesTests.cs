using NUnit.Framework;
using PluginGan.Plugins.Derived;
using TorchSharp;
using static TorchSharp.torch;

namespace PluginGan.Plugins.Tests;

public class SomeClassesTests
{
    private static readonly DatasetChoice Inner = new("inner");

    [Test]
    public void Only_the_samples_of_the_classes_are_left_with_their_labels([Values] bool inMemory)
    {
        using var scope = NewDisposeScope();
        using var some = Open(["BAG", "0"], () => inMemory ? new LabelledInMemory(3500) : new Labelled(3500));
        using var batch = some.Read([0, 1, 2, some.Count - 1], 7);

        // Sample i is of class i mod 4.
        Assert.Multiple(() =>
        {
            Assert.That(some.Count, Is.EqualTo(1750));
            Assert.That(batch.Samples.flatten().data<float>().ToArray(), Is.EqualTo(new[] { 0f, 2, 4, 3498 }));
            Assert.That(batch.Condition!.data<long>().ToArray(), Is.EqualTo(new long[] { 0, 2, 0, 2 }));
            Assert.That(((ClassCondition)some.Spec.Condition).Count, Is.EqualTo(4), "the condition stays that of all classes");
        });
    }

    [TestCase(new string[0], "names no class")]
    [TestCase(new[] { "boot" }, "'boot', which does not exist; there are 'coat', 'shoe', 'bag', 'hat'")]
    [TestCase(new[] { "4" }, "'4', which does not exist")]
    [TestCase(new[] { "hat" }, "no sample of hat")]
    public void Classes_that_are_not_there_are_refused_with_those_that_are(string[] classes, string message)
    {
        var inner = new Labelled(3);
        Assert.That(() => Open(classes, () => inner), Throws.TypeOf<ComponentException>().With.Message.Contains(message));
        Assert.That(inner.IsDisposed, Is.True);
    }

    [Test]
    public void Unlabelled_data_is_refused() =>
        Assert.That(() => Open(["bag"], () => new Labelled(3) { HasLabels = false }), Throws.TypeOf<ComponentException>().With.Message.Contains("no condition").And.Message.Contains("'labels'"));

    private static Dataset Open(string[] classes, Func<Dataset> inner) => new Registered(new DerivedPlugin(), new ComponentContext { DataFolder = Path.GetTempPath(), Datasets = _ => inner() })
        .Create<Dataset>("some-classes", new SomeClassesOptions { Of = Inner, Classes = classes });

    private class Labelled(int count) : Dataset
    {
        public bool HasLabels { get; init; } = true;

        public bool IsDisposed { get; private set; }

        public override DataSpec Spec => new(new VectorSpec(1), HasLabels ? new ClassCondition(["coat", "shoe", "bag", "hat"]) : ConditionSpec.None);

        public override long Count => count;

        public override Batch Read(ReadOnlySpan<long> indices, ulong seed)
        {
            var rows = tensor(indices.ToArray());
            return new Batch(rows.to(ScalarType.Float32).unsqueeze(1), rows.remainder(4));
        }

        protected override void Dispose(bool disposing)
        {
            IsDisposed = true;
            base.Dispose(disposing);
        }
    }

    private sealed class LabelledInMemory(int count) : Labelled(count), IInMemory
    {
        public Tensor Samples => arange(Count, ScalarType.Float32).unsqueeze(1);

        public Tensor? Conditions => arange(Count, ScalarType.Int64).remainder(4);
    }
}
