using NUnit.Framework;
using PluginGan.Core;
using PluginGan.TestPlugins;
using TorchSharp;
using static TorchSharp.torch;

namespace PluginGan.Training.Tests;

public class BatchSourceTests
{
    [TestCase(false)]
    [TestCase(true)]
    public void An_epoch_shows_every_sample_once_and_the_next_one_in_another_order(bool streamed)
    {
        using var dataset = Points(100, streamed);
        using var source = BatchSource.Open(dataset, 1, CPU);
        var first = Rows(source, 100, 20);
        var second = Rows(source, 100, 20);

        Assert.That(first, Is.EquivalentTo(second).And.Not.EqualTo(second));
        Assert.That(first, Is.Unique);
        Assert.That(source.Consumed, Is.EqualTo(200));
    }

    // A batch that straddles two epochs, or holds more than one, takes none from either twice.
    [Test]
    public void Every_epoch_holds_each_row_once_whatever_the_batch([Values] bool streamed, [Values(7, 60)] int size)
    {
        using var dataset = Points(50, streamed);
        using var source = BatchSource.Open(dataset, 1, CPU);
        var epochs = Rows(source, 350, size).Take(350).Chunk(50).ToList();

        using var all = dataset.Read([.. Enumerable.Range(0, 50).Select(row => (long)row)], 0);
        using var column = all.Samples.select(1, 0).contiguous();
        Assert.That(epochs, Has.Count.EqualTo(7).And.All.EquivalentTo(column.data<float>().ToArray()));
        Assert.That(epochs.Select(epoch => string.Join(' ', epoch)), Is.Unique, "each in an order of its own");
    }

    [Test]
    public void Streamed_and_resident_data_come_in_the_same_order()
    {
        using var dataset = Points(50, streamed: false);
        using var resident = BatchSource.Open(dataset, 1, CPU, DataPlacement.Resident);
        using var streamed = BatchSource.Open(dataset, 1, CPU, DataPlacement.Streamed);

        Assert.That(Rows(streamed, 140, 14), Is.EqualTo(Rows(resident, 140, 14)));
    }

    [Test]
    public void Only_streamed_data_is_read_on_another_thread()
    {
        using var dataset = Points(50, streamed: false);
        using var resident = BatchSource.Open(dataset, 1, CPU, DataPlacement.Resident);
        using var streamed = BatchSource.Open(dataset, 1, CPU, DataPlacement.Streamed);

        Assert.That((resident.ReadsAhead, streamed.ReadsAhead), Is.EqualTo((false, true)));
    }

    [TestCase(false)]
    [TestCase(true)]
    public void A_resumed_source_continues_where_the_other_stopped_although_it_had_read_ahead(bool streamed)
    {
        using var dataset = Points(50, streamed);
        using var whole = BatchSource.Open(dataset, 9, CPU);
        Rows(whole, 35, 7);
        using var resumed = BatchSource.Open(dataset, 9, CPU);
        Rows(resumed, 7, 7);
        resumed.Resume(35);

        Assert.That(Rows(resumed, 42, 7), Is.EqualTo(Rows(whole, 42, 7)));
    }

    [Test]
    public void Conditions_stay_with_their_samples()
    {
        using var scope = NewDisposeScope();
        using var dataset = new PointsInMemory(new PointsOptions { Count = 64, Labels = true });
        using var source = BatchSource.Open(dataset, 3, CPU);
        var batch = source.Next(64);

        // The Gaussians lie at -1 and +1, and the second class is the right one.
        Assert.That(batch.Samples.mean([1]).gt(0).to(ScalarType.Int64).eq(batch.Condition!).all().item<bool>());
    }

    [Test]
    public void Data_that_is_not_in_memory_cannot_be_resident()
    {
        using var dataset = Points(50, streamed: true);
        Assert.That(() => BatchSource.Open(dataset, 1, CPU, DataPlacement.Resident), Throws.TypeOf<ComponentException>().With.Message.Contains("training.data"));
    }

    [Test]
    public void What_fails_while_reading_ahead_is_thrown_where_the_batch_is_wanted()
    {
        using var dataset = new Points(new PointsOptions { Count = 50, Unreadable = 4, Streamed = true });
        using var source = BatchSource.Open(dataset, 1, CPU);

        Assert.That(() => Rows(source, 50, 5), Throws.TypeOf<ComponentException>().With.Message.Contains("point 4"));
    }

    [Test]
    public void Bytes_of_images_become_minus_one_to_one()
    {
        using var scope = NewDisposeScope();
        var scaled = Scaling.Samples(tensor(new byte[] { 0, 51, 255 }).reshape(3, 1, 1, 1), new ImageSpec(1, 1, 1));

        Assert.That(scaled.flatten().data<float>().ToArray(), Is.EqualTo(new[] { -1f, -0.6f, 1f }).Within(1e-6));
    }

    [Test]
    public void Indices_of_sequences_become_one_hot()
    {
        using var scope = NewDisposeScope();
        var scaled = Scaling.Samples(tensor(new long[] { 2, 0 }).reshape(1, 2), new SequenceSpec(2, ["A", "C", "G"]));

        Assert.That(scaled.flatten().data<float>().ToArray(), Is.EqualTo(new float[] { 0, 0, 1, 1, 0, 0 }));
    }

    private static Points Points(int count, bool streamed)
    {
        var options = new PointsOptions { Count = count, Streamed = streamed };
        return streamed ? new Points(options) : new PointsInMemory(options);
    }

    private static List<float> Rows(BatchSource source, int count, int size)
    {
        var rows = new List<float>();
        while (rows.Count < count)
        {
            using var batch = source.Next(size);
            using var column = batch.Samples.select(1, 0).contiguous();
            rows.AddRange(column.data<float>().ToArray());
        }
        return rows;
    }
}
