using System.Reflection;
using NUnit.Framework;
using TorchSharp;
using static TorchSharp.torch;

namespace PluginGan.Plugins.Tests;

/// <summary>The wrapper that docs/derived-data.md shows does what it says there.</summary>
public class DocumentedWrapperTests
{
    [Test]
    public void The_wrapper_in_the_guide_is_the_one_that_is_tested_here()
    {
        var repository = typeof(DocumentedWrapperTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(attribute => attribute.Key == "Repository").Value!;
        var shown = File.ReadAllText(Path.Combine(repository, "docs", "derived-data.md")).ReplaceLineEndings("\n").Split("```csharp\n")[1].Split("```")[0];
        var tested = File.ReadAllText(Path.Combine(repository, "tests", "Plugins.Tests", "Derived", "Mirrored.cs")).ReplaceLineEndings("\n");

        Assert.That(tested, Does.EndWith(shown));
    }

    [Test]
    public void Each_image_is_mirrored_or_not_as_the_seed_has_it_and_keeps_its_class()
    {
        using var scope = NewDisposeScope();
        using var mirrored = Open(new ImageSpec(1, 1, 2), tensor(new byte[] { 1, 2 }).view(1, 1, 1, 2).expand(40, 1, 1, 2).contiguous());
        using var batch = mirrored.Read([.. Enumerable.Range(0, 40).Select(index => (long)index)], 3);
        var left = batch.Samples.select(3, 0).flatten().data<byte>().ToArray();

        Assert.That(left.Count(value => value == 2), Is.InRange(10, 30));
        Assert.That(batch.Samples.sum([1, 2, 3]).data<long>().ToArray(), Is.All.EqualTo(3));
        Assert.That(batch.Condition!.data<long>().ToArray(), Is.EqualTo(Enumerable.Range(0, 40)));
        Assert.That(mirrored.Read([39, 7], 3).Samples.select(3, 0).flatten().data<byte>().ToArray(), Is.EqualTo(new[] { left[39], left[7] }), "wherever it stands in the batch");
    }

    [Test]
    public void What_is_no_image_is_refused() =>
        Assert.That(() => Open(new VectorSpec(2), zeros(4, 2)), Throws.TypeOf<ComponentException>().With.Message.EqualTo("only images can be mirrored, but 'inner' yields vector 2"));

    private static Mirrored Open(SampleSpec sample, Tensor samples) =>
        new(new MirroredOptions { Of = new DatasetChoice("inner") }, new ComponentContext { DataFolder = Path.GetTempPath(), Datasets = _ => new Inner(sample, samples) });

    private sealed class Inner(SampleSpec sample, Tensor samples) : Dataset
    {
        public override DataSpec Spec => new(sample, new ClassCondition([.. Enumerable.Range(0, (int)Count).Select(row => $"{row}")]));

        public override long Count => samples.shape[0];

        public override Batch Read(ReadOnlySpan<long> indices, ulong seed)
        {
            var rows = tensor(indices.ToArray());
            return new Batch(samples.index_select(0, rows), rows);
        }
    }
}
