using NUnit.Framework;
using PluginGan.Plugins.Derived;
using TorchSharp;
using static TorchSharp.torch;

namespace PluginGan.Plugins.Tests;

public class DerivedImagesTests
{
    private static readonly DatasetChoice Inner = new("inner");

    [Test]
    public void A_stack_has_an_image_in_each_channel_and_its_class_has_theirs_as_digits()
    {
        using var scope = NewDisposeScope();
        // Every pixel of an image is its class, so that a channel shows which class it is of.
        using var stacked = Open("stacked", new StackedOptions { Of = Inner, Count = 500 }, () => new Pictures(Levels(1, 4)) { Labels = arange(8).remainder(4) });
        using var batch = stacked.Read([.. Enumerable.Range(0, 500).Select(index => (long)index)], 0);
        var shown = batch.Samples.select(3, 0).select(2, 0).data<byte>().ToArray().Chunk(3).Select(channels => channels[0] * 16 + channels[1] * 4 + channels[2]).ToArray();

        Assert.That((stacked.Spec.Sample, stacked.Count), Is.EqualTo((new ImageSpec(3, 4, 4), 500)));
        Assert.That(batch.Samples.shape, Is.EqualTo(new long[] { 500, 3, 4, 4 }));
        Assert.That(batch.Condition!.data<long>().ToArray(), Is.EqualTo(shown));
        Assert.That(shown.Distinct().Count(), Is.GreaterThan(55), "nearly all of the 64 combinations");
        Assert.That(((ClassCondition)stacked.Spec.Condition).Names[shown[0]], Is.EqualTo($"c{shown[0] / 16}, c{shown[0] / 4 % 4}, c{shown[0] % 4}"));
    }

    [Test]
    public void Stacks_are_the_same_again_for_a_seed_and_come_without_class_where_there_is_none()
    {
        using var scope = NewDisposeScope();
        byte[] Read(StackedOptions options)
        {
            using var stacked = Open("stacked", options, () => new Pictures(Levels(1, 8)));
            Assert.That(stacked.Spec.Condition, Is.EqualTo(ConditionSpec.None));
            return stacked.Read([0, 1, 2, 3, 4, 5, 6, 7], 0).Samples.data<byte>().ToArray();
        }

        var first = Read(new StackedOptions { Of = Inner });

        Assert.That(Read(new StackedOptions { Of = Inner }), Is.EqualTo(first));
        Assert.That(Read(new StackedOptions { Of = Inner, Seed = 1 }), Is.Not.EqualTo(first));
    }

    [Test]
    public void Edges_are_dark_where_an_image_changes_and_white_elsewhere()
    {
        using var scope = NewDisposeScope();
        var half = zeros([1, 3, 8, 8], ScalarType.Byte);
        half.narrow(3, 4, 4).fill_(255);
        using var paired = Open("paired", new PairedOptions { Of = Inner }, () => new Pictures(half));
        using var batch = paired.Read([0], 0);
        var row = batch.Condition![0, 0, 3].data<byte>().ToArray();

        Assert.That(paired.Spec, Is.EqualTo(new DataSpec(new ImageSpec(3, 8, 8), new SampleCondition(new ImageSpec(1, 8, 8)))));
        Assert.That(row, Is.EqualTo(new byte[] { 255, 255, 255, 0, 0, 255, 255, 255 }));
        Assert.That(batch.Samples.eq(half).all().item<bool>(), Is.True, "the image itself is the target");
    }

    [Test]
    public void Grey_is_the_luminance_of_colours_and_is_refused_for_grey_images()
    {
        using var scope = NewDisposeScope();
        var colours = tensor(new byte[] { 200, 100, 50 }).view(1, 3, 1, 1).expand(1, 3, 2, 2).contiguous();
        using var paired = Open("paired", new PairedOptions { Of = Inner, Task = TranslationTask.GreyToColour }, () => new Pictures(colours));
        using var batch = paired.Read([0], 0);

        Assert.That(batch.Condition!.data<byte>().ToArray(), Is.All.EqualTo((byte)Math.Round(0.299 * 200 + 0.587 * 100 + 0.114 * 50)));
        Assert.That(
            () => Open("paired", new PairedOptions { Of = Inner, Task = TranslationTask.GreyToColour }, () => new Pictures(Levels(1, 2))),
            Throws.TypeOf<ComponentException>().With.Message.EqualTo("the task 'greyToColour' takes RGB images, but those of 'inner' have 1 channel"));
    }

    [Test]
    public void Noise_has_the_deviation_that_is_asked_for_and_follows_from_the_seed()
    {
        using var scope = NewDisposeScope();
        using var paired = Open("paired", new PairedOptions { Of = Inner, Task = TranslationTask.NoisyToClean, Noise = 0.1 }, () => new Pictures(full([1, 1, 64, 64], (byte)128, dtype: ScalarType.Byte)));
        byte[] Noisy(ulong seed) => paired.Read([0], seed).Condition!.data<byte>().ToArray();
        var noise = Noisy(1).Select(value => (value - 128) / 127.5).ToArray();

        Assert.That(Math.Sqrt(noise.Average(value => value * value)), Is.EqualTo(0.1).Within(0.005));
        var again = Noisy(1);
        Assert.That(Noisy(1), Is.EqualTo(again));
        Assert.That(Noisy(2), Is.Not.EqualTo(again));
    }

    [Test]
    public void A_square_hides_its_share_of_an_image_at_a_place_that_changes()
    {
        using var scope = NewDisposeScope();
        using var paired = Open("paired", new PairedOptions { Of = Inner, Task = TranslationTask.MaskedToWhole, Mask = 0.25 }, () => new Pictures(zeros([20, 1, 8, 8], ScalarType.Byte)));
        using var batch = paired.Read([.. Enumerable.Range(0, 20).Select(index => (long)index)], 3);
        var hidden = batch.Condition!.eq(127);

        Assert.That(hidden.flatten(1).sum(1).data<long>().ToArray(), Is.All.EqualTo(16));
        Assert.That(hidden.flatten(1).data<bool>().ToArray().Chunk(64).Select(places => Array.IndexOf(places, true)).Distinct().Count(), Is.GreaterThan(5));
    }

    [Test]
    public void Unpaired_images_come_with_images_of_the_other_domain_that_change_with_the_seed()
    {
        using var scope = NewDisposeScope();
        using var unpaired = Open("unpaired", new UnpairedOptions { Of = Inner, From = new DatasetChoice("other") }, () => new Pictures(Levels(3, 4)), () => new Pictures(Levels(1, 16)));
        byte[] Partners(ulong seed) => unpaired.Read([0, 1, 2, 3], seed).Condition!.select(3, 0).select(2, 0).data<byte>().ToArray();

        Assert.That(unpaired.Spec, Is.EqualTo(new DataSpec(new ImageSpec(3, 4, 4), new SampleCondition(new ImageSpec(1, 4, 4)))));
        var again = Partners(1);
        Assert.That(Partners(1), Is.EqualTo(again));
        Assert.That(Enumerable.Range(0, 50).SelectMany(seed => Partners((ulong)seed)).Distinct().Count(), Is.EqualTo(16), "all of the other domain");
    }

    [Test]
    public void Without_another_dataset_the_task_makes_the_other_domain_from_other_images()
    {
        using var scope = NewDisposeScope();
        using var unpaired = Open("unpaired", new UnpairedOptions { Of = Inner, Task = TranslationTask.MaskedToWhole, Mask = 0 }, () => new Pictures(Levels(1, 16)));
        using var batch = unpaired.Read([.. Enumerable.Range(0, 16).Select(index => (long)index)], 1);

        Assert.That(batch.Condition!.shape, Is.EqualTo(new long[] { 16, 1, 4, 4 }));
        Assert.That(batch.Condition.eq(batch.Samples).all().item<bool>(), Is.False);
    }

    [TestCase(TranslationTask.NoisyToClean)]
    [TestCase(TranslationTask.MaskedToWhole)]
    public void What_is_drawn_for_an_image_depends_on_its_index_and_the_seed_and_not_on_the_batch(TranslationTask task)
    {
        using var scope = NewDisposeScope();
        using var paired = Open("paired", new PairedOptions { Of = Inner, Task = task }, () => new Pictures(full([300, 1, 16, 16], (byte)200, dtype: ScalarType.Byte)));
        byte[] Sources(params long[] indices) => paired.Read(indices, 7).Condition!.data<byte>().ToArray();
        var all = Sources([.. Enumerable.Range(0, 300).Select(index => (long)index)]).Chunk(256).ToArray();

        Assert.That(Sources(290), Is.EqualTo(all[290]));
        Assert.That(Sources(5, 290, 5), Is.EqualTo((byte[])[.. all[5], .. all[290], .. all[5]]));
        Assert.That(all[0], Is.Not.EqualTo(all[1]));
    }

    [Test]
    public void A_partner_depends_on_the_index_and_the_seed_and_not_on_the_batch([Values] bool other)
    {
        using var scope = NewDisposeScope();
        using var unpaired = Open("unpaired", new UnpairedOptions { Of = Inner, From = other ? new DatasetChoice("other") : null, Task = TranslationTask.NoisyToClean }, () => new Pictures(Levels(1, 200)), () => new Pictures(Levels(1, 200)));
        byte[] Partners(params long[] indices) => unpaired.Read(indices, 7).Condition!.data<byte>().ToArray();
        var all = Partners([.. Enumerable.Range(0, 200).Select(index => (long)index)]).Chunk(16).ToArray();

        Assert.That(Partners(190), Is.EqualTo(all[190]));
        Assert.That(Partners(5, 190, 5), Is.EqualTo((byte[])[.. all[5], .. all[190], .. all[5]]));
    }

    [Test]
    public void An_image_is_never_its_own_partner_and_all_others_are()
    {
        using var scope = NewDisposeScope();
        var levels = arange(6).to(ScalarType.Byte).view(-1, 1, 1, 1).expand(6, 1, 4, 4).contiguous();
        using var unpaired = Open("unpaired", new UnpairedOptions { Of = Inner, Task = TranslationTask.MaskedToWhole, Mask = 0 }, () => new Pictures(levels));
        var partners = Enumerable.Range(0, 200)
            .SelectMany(seed => unpaired.Read([0, 1, 2, 3, 4, 5], (ulong)seed).Condition!.select(3, 0).select(2, 0).data<byte>().ToArray().Select((partner, image) => (image, partner)))
            .ToHashSet();

        Assert.That(partners, Has.Count.EqualTo(30));
        Assert.That(partners, Has.None.Matches(((int Image, byte Partner) pair) => pair.Image == pair.Partner));
    }

    [Test]
    public void The_domains_of_unpaired_images_draw_from_streams_of_their_own()
    {
        using var scope = NewDisposeScope();
        var (images, others) = (new Pictures(Levels(1, 4)), new Pictures(Levels(1, 4)));
        using var unpaired = Open("unpaired", new UnpairedOptions { Of = Inner, From = new DatasetChoice("other") }, () => images, () => others);
        unpaired.Read([0, 1], 5).Dispose();
        unpaired.Read([0, 1], 5).Dispose();
        unpaired.Read([0, 1], 6).Dispose();

        Assert.That(images.Seeds, Is.EqualTo(new ulong[] { 5, 5, 6 }));
        Assert.That(others.Seeds[1], Is.EqualTo(others.Seeds[0]));
        Assert.That(others.Seeds.Concat(images.Seeds).Distinct().Count(), Is.EqualTo(4), "crops of one domain say nothing of those of the other");
    }

    [TestCase("stacked")]
    [TestCase("paired")]
    [TestCase("unpaired")]
    public void Nothing_stays_behind_of_a_batch_that_was_disposed(string name)
    {
        object options = name switch { "stacked" => new StackedOptions { Of = Inner }, "paired" => new PairedOptions { Of = Inner, Task = TranslationTask.MaskedToWhole }, _ => new UnpairedOptions { Of = Inner, Task = TranslationTask.NoisyToClean } };
        using var dataset = Open(name, options, () => new Pictures(Levels(1, 8)) { Labels = arange(16).remainder(8).DetachFromDisposeScope() });
        // What earlier tests left to the garbage collector is not to go meanwhile.
        GC.Collect();
        GC.WaitForPendingFinalizers();
        var before = Tensor.TotalCount;

        for (var seed = 0UL; seed < 5; seed++)
        {
            using var batch = dataset.Read([0, 3, 3, 15], seed);
            Assert.That(batch.Count, Is.EqualTo(4));
        }

        Assert.That(Tensor.TotalCount, Is.EqualTo(before));
    }

    [Test]
    public void Images_that_are_stored_as_numbers_become_bytes()
    {
        using var scope = NewDisposeScope();
        using var paired = Open("paired", new PairedOptions { Of = Inner, Task = TranslationTask.NoisyToClean, Noise = 0 }, () => new Pictures(tensor(new[] { -1f, 0f, 1f, 2f }).view(1, 1, 2, 2)));

        Assert.That(paired.Read([0], 0).Samples.data<byte>().ToArray(), Is.EqualTo(new byte[] { 0, 128, 255, 255 }));
    }

    [TestCase("stacked")]
    [TestCase("paired")]
    [TestCase("unpaired")]
    public void What_is_no_image_is_refused_and_closed_again(string name)
    {
        var inner = new Pictures(zeros(4, 2)) { Sample = new VectorSpec(2) };
        object options = name switch { "stacked" => new StackedOptions { Of = Inner }, "paired" => new PairedOptions { Of = Inner }, _ => new UnpairedOptions { Of = Inner } };

        Assert.That(() => Open(name, options, () => inner), Throws.TypeOf<ComponentException>().With.Message.EqualTo("it is made of images, but 'inner' yields vector 2; name a dataset of images"));
        Assert.That(inner.IsDisposed, Is.True);
    }

    [Test]
    public void Coloured_images_are_not_stacked_and_too_many_classes_are_not_named()
    {
        Assert.That(
            () => Open("stacked", new StackedOptions { Of = Inner }, () => new Pictures(Levels(3, 2))),
            Throws.TypeOf<ComponentException>().With.Message.EqualTo("it stacks grey images, but those of 'inner' have 3 channels"));
        Assert.That(
            () => Open("stacked", new StackedOptions { Of = Inner }, () => new Pictures(Levels(1, 100)) { Labels = arange(100) }),
            Throws.TypeOf<ComponentException>().With.Message.Contains("100 classes").And.Message.Contains("'labels' to false"));
    }

    // uint8 [2 · levels, channels, 4, 4]; each image has one level everywhere.
    private static Tensor Levels(int channels, int levels) =>
        arange(2 * levels).remainder(levels).to(ScalarType.Byte).view(-1, 1, 1, 1).expand(2 * levels, channels, 4, 4).contiguous().DetachFromDisposeScope();

    private static Dataset Open(string name, object options, Func<Dataset> inner, Func<Dataset>? other = null)
    {
        var context = new ComponentContext { DataFolder = Path.GetTempPath(), Datasets = choice => choice == Inner ? inner() : other!() };
        return new Registered(new DerivedPlugin(), context).Create<Dataset>(name, options);
    }

    private sealed class Pictures(Tensor samples) : Dataset
    {
        public SampleSpec Sample { get; init; } = samples.dim() == 4 ? new ImageSpec((int)samples.shape[1], (int)samples.shape[2], (int)samples.shape[3]) : new VectorSpec(1);

        public Tensor? Labels { get; init; }

        public List<ulong> Seeds { get; } = [];

        public bool IsDisposed { get; private set; }

        public override DataSpec Spec => new(Sample, Labels is null ? ConditionSpec.None : new ClassCondition([.. Enumerable.Range(0, (int)Labels.max().item<long>() + 1).Select(label => $"c{label}")]));

        public override long Count => samples.shape[0];

        public override Batch Read(ReadOnlySpan<long> indices, ulong seed)
        {
            Seeds.Add(seed);
            using var rows = tensor(indices.ToArray());
            return new Batch(samples.index_select(0, rows), Labels?.index_select(0, rows));
        }

        protected override void Dispose(bool disposing)
        {
            IsDisposed = true;
            base.Dispose(disposing);
        }
    }
}
