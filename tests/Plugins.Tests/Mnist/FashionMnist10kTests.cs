using NUnit.Framework;
using PluginGan.Plugins.Mnist;
using PluginGan.Plugins.Mnist.Collections;
using TorchSharp;

namespace PluginGan.Plugins.Tests.Mnist;

public sealed class FashionMnist10kTests
{
    [Test]
    public void The_embedded_files_are_the_official_ones()
    {
        Assert.Multiple(() =>
        {
            Assert.That(EmbeddedFashionMnist.Images().Sha256(), Is.EqualTo("5b4141f0afbad91edebe8549f8fcffe087ea10ca49f1dbef5c9a5cd8815ce37b"));
            Assert.That(EmbeddedFashionMnist.Labels().Sha256(), Is.EqualTo("0402a96d92fd2663957122ceb108a494c5af83dab82d92729df917d7dec38c34"));
        });
    }

    [TestCase(FashionMnist10kSplit.Train, 0, 8_000)]
    [TestCase(FashionMnist10kSplit.Test, 0, 2_000)]
    [TestCase(FashionMnist10kSplit.All, 0, 10_000)]
    [TestCase(FashionMnist10kSplit.Test, 7, 7)]
    public void Splits_and_subsets_have_their_sizes(FashionMnist10kSplit split, int subset, long count)
    {
        using var data = EmbeddedFashionMnist.Open(new() { Split = split, Subset = subset });
        var memory = (IInMemory)data;
        Assert.Multiple(() =>
        {
            Assert.That(data.Count, Is.EqualTo(count));
            Assert.That(data.Spec.Sample, Is.EqualTo(new ImageSpec(1, 28, 28)));
            Assert.That(((ClassCondition)data.Spec.Condition).Names, Has.Count.EqualTo(10).And.Contains("Ankle boot"));
            Assert.That(memory.Samples.shape, Is.EqualTo(new[] { count, 1, 28, 28 }));
            Assert.That(memory.Samples.dtype, Is.EqualTo(torch.uint8));
            Assert.That(memory.Conditions!.shape, Is.EqualTo(new[] { count }));
            Assert.That(memory.Conditions!.dtype, Is.EqualTo(torch.int64));
        });
    }

    [Test]
    public void Train_and_test_are_the_two_ends_of_all()
    {
        using var scope = torch.NewDisposeScope();
        var (train, test, all) = (Open(FashionMnist10kSplit.Train), Open(FashionMnist10kSplit.Test), Open(FashionMnist10kSplit.All));
        Assert.Multiple(() =>
        {
            Assert.That(torch.cat([train.Samples, test.Samples]).Equals(all.Samples), Is.True);
            Assert.That(torch.cat([train.Conditions!, test.Conditions!]).Equals(all.Conditions!), Is.True);
            Assert.That(all.Conditions!.bincount(null).data<long>().ToArray(), Is.All.EqualTo(1000));
        });

        static IInMemory Open(FashionMnist10kSplit split) => (IInMemory)EmbeddedFashionMnist.Open(new() { Split = split });
    }

    [Test]
    public void Reading_by_index_gives_the_rows_in_memory_repeats_included()
    {
        using var scope = torch.NewDisposeScope();
        using var data = EmbeddedFashionMnist.Open(new());
        var memory = (IInMemory)data;

        long[] rows = [7_999, 0, 42, 42];
        var batch = data.Read(rows, seed: 1);
        Assert.Multiple(() =>
        {
            Assert.That(batch.Samples.Equals(torch.stack(rows.Select(row => memory.Samples[row]))), Is.True);
            Assert.That(batch.Condition!.Equals(torch.stack(rows.Select(row => memory.Conditions![row]))), Is.True);
        });
    }

    [Test]
    public void Without_labels_there_is_no_condition()
    {
        using var data = EmbeddedFashionMnist.Open(new() { Labels = false });
        using var batch = data.Read([0, 1], seed: 1);
        Assert.Multiple(() =>
        {
            Assert.That(data.Spec.Condition, Is.EqualTo(ConditionSpec.None));
            Assert.That(((IInMemory)data).Conditions, Is.Null);
            Assert.That(batch.Condition, Is.Null);
        });
    }

    [Test]
    public void A_subset_larger_than_the_split_is_refused()
    {
        var error = Assert.Throws<ComponentException>(() => EmbeddedFashionMnist.Open(new() { Split = FashionMnist10kSplit.Test, Subset = 2_001 }));
        Assert.That(error!.Message, Does.Contain("'subset'").And.Contain("2001").And.Contain("2000"));
    }

    [Test]
    public void The_licence_lies_beside_the_plugin() =>
        Assert.That(File.ReadAllText(Path.Combine(TestContext.CurrentContext.TestDirectory, "LICENSE-fashion-mnist.txt")), Does.Contain("Zalando SE"));
}
