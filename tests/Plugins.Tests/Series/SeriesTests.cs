using NUnit.Framework;
using PluginGan.Plugins.Series;
using TorchSharp;
using static TorchSharp.torch;

namespace PluginGan.Plugins.Tests;

/// <summary>Sines, and windows of CSV files.</summary>
public sealed class SeriesTests
{
    private static readonly Registered Plugin = new(new SeriesPlugin());

    private string folder = "";

    [SetUp]
    public void SetUp() => folder = Directory.CreateTempSubdirectory().FullName;

    [TearDown]
    public void TearDown() => Directory.Delete(folder, recursive: true);

    [Test]
    public void Each_channel_is_a_sine_of_one_frequency_and_phase_within_the_bounds()
    {
        using var scope = NewDisposeScope();
        using var sines = Plugin.Create<Dataset>("sines", new SinesOptions { Count = 500, Length = 30, Channels = 3, Frequency = 0.05, Phase = 0.2 });
        var series = ((IInMemory)sines).Samples;

        Assert.That(sines.Spec.Sample, Is.EqualTo(new SeriesSpec(30, 3)));
        // ω t + φ stays below π / 2 at the beginning: its steps there are ω, its start φ.
        var angles = series.narrow(1, 0, 10).to(float64).asin();
        var steps = angles.diff(1, 1);
        Assert.That(steps.sub(steps.narrow(1, 0, 1)).abs().max().item<double>(), Is.LessThan(1e-5));
        Assert.That((steps.min().item<double>(), steps.max().item<double>(), steps.mean().item<double>()), Is.EqualTo((0.0, 0.05, 0.025)).Using<(double, double, double)>(Near));
        Assert.That((angles.select(1, 0).min().item<double>(), angles.select(1, 0).max().item<double>(), angles.select(1, 0).mean().item<double>()), Is.EqualTo((0.0, 0.2, 0.1)).Using<(double, double, double)>(Near));
    }

    [Test]
    public void A_seed_gives_the_same_sines_again_and_the_other_split_and_other_seeds_give_others()
    {
        using var scope = NewDisposeScope();
        float[] Values(SinesOptions options) => ((IInMemory)Plugin.Create<Dataset>("sines", options)).Samples.data<float>().ToArray();
        var first = Values(new() { Count = 3 });

        Assert.That(Values(new() { Count = 3 }), Is.EqualTo(first));
        Assert.That(Values(new() { Count = 3, Split = SeriesSplit.Test }), Is.Not.EqualTo(first));
        Assert.That(Values(new() { Count = 3, Seed = 1 }), Is.Not.EqualTo(first));
    }

    [Test]
    public void A_file_is_cut_into_windows_by_length_and_stride()
    {
        var (spec, values) = Read("\uFEFFdate,x,y\r\nmon,0,0.5\r\ntue,1,1.5\r\n\r\nwed,2,2.5\r\nthu,3,3.5\r\nfri,4,4.5\r\n", new() { Ignore = ["date"], Length = 3, Stride = 2 });

        Assert.That(spec, Is.EqualTo(new SeriesSpec(3, 2)));
        Assert.That(values, Is.EqualTo(new[] { 0, 0.5f, 1, 1.5f, 2, 2.5f, 2, 2.5f, 3, 3.5f, 4, 4.5f }));
    }

    [Test]
    public void The_end_of_a_series_is_set_apart_and_no_window_lies_in_both()
    {
        var text = "x\n" + string.Concat(Enumerable.Range(0, 10).Select(step => $"{step}\n"));
        Assert.That(Read(text, new() { Length = 2, TestShare = 0.3 }).Values, Is.EqualTo(new[] { 0f, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 6 }));
        Assert.That(Read(text, new() { Length = 2, TestShare = 0.3, Split = SeriesSplit.Test }).Values, Is.EqualTo(new[] { 7f, 8, 8, 9 }));
    }

    [Test]
    public void The_files_of_a_folder_are_series_of_their_own()
    {
        File.WriteAllText(Path.Combine(folder, "b.csv"), "x\n5\n6\n7\n");
        File.WriteAllText(Path.Combine(folder, "a.csv"), "x\n1\n2\n");
        using var data = Plugin.Create<Dataset>("csv-series", new CsvSeriesOptions { Path = folder, Length = 2 });
        Assert.That(((IInMemory)data).Samples.data<float>().ToArray(), Is.EqualTo(new[] { 1f, 2, 5, 6, 6, 7 }));
    }

    [Test]
    public void Series_that_are_too_short_and_channels_that_lose_values_are_warned_of()
    {
        File.WriteAllText(Path.Combine(folder, "a.csv"), "x,t\n1,1700000000\n2,1700000001\n");
        File.WriteAllText(Path.Combine(folder, "b.csv"), "x,t\n5,1700000002\n");
        var log = new LogLines();
        using var data = new Registered(new SeriesPlugin(), log.Context).Create<Dataset>("csv-series", new CsvSeriesOptions { Path = folder, Length = 2 });

        Assert.That(data.Count, Is.EqualTo(1));
        Assert.That(log.Warnings, Has.Count.EqualTo(2));
        Assert.That(log.Warnings[0], Is.EqualTo($"'{folder}': 1 of 2 series are shorter than 'length' (2) in this split and are left out: b.csv (1 steps); choose a smaller 'length' to learn from them"));
        Assert.That(log.Warnings[1], Does.Contain("a.csv', column 't': its 2 different values become 1"));
    }

    [TestCase("x,y\n1,2\n3,\n", "line 3, column 'y': the cell is empty; a channel has one at each time step")]
    [TestCase("x\n1\n\n2\n\n", "line 3, column 'x': the cell is empty")]
    [TestCase("x\n1\noops\n", "line 3, column 'x': 'oops' is no number")]
    [TestCase("x\n1\n", "has 2 time steps in the split 'train'; choose a smaller 'length'")]
    [TestCase("x,y\n1\n", "line 2: there are 1 cells, but the table has 2 columns")]
    public void A_file_that_is_no_such_series_is_refused_by_its_place(string text, string message) => Assert.That(() => Read(text, new() { Length = 2 }), Refusal(message));

    [Test]
    public void Files_that_differ_and_options_that_do_not_fit_are_refused()
    {
        Assert.That(() => Plugin.Create<Dataset>("csv-series", new CsvSeriesOptions { Path = folder }), Refusal("holds no .csv files"));
        Assert.That(() => Read("x\n1\n", new() { Ignore = ["y"] }), Refusal("'ignore' names 'y'"));
        Assert.That(() => Read("x\n1\n", new() { Ignore = ["x"] }), Refusal("every column is in 'ignore'"));
        File.WriteAllText(Path.Combine(folder, "z.csv"), "other\n1\n");
        Assert.That(() => Plugin.Create<Dataset>("csv-series", new CsvSeriesOptions { Path = folder, Length = 1 }), Refusal("has the columns other, but"));
    }

    private static bool Near((double, double, double) first, (double, double, double) second) =>
        Math.Abs(first.Item1 - second.Item1) < 0.005 && Math.Abs(first.Item2 - second.Item2) < 0.005 && Math.Abs(first.Item3 - second.Item3) < 0.01;

    private static NUnit.Framework.Constraints.ContainsConstraint Refusal(string message) => Throws.TypeOf<ComponentException>().With.Message.Contains(message);

    private (SampleSpec Spec, float[] Values) Read(string text, CsvSeriesOptions options)
    {
        options.Path = Path.Combine(folder, "series.csv");
        File.WriteAllText(options.Path, text);
        using var data = Plugin.Create<Dataset>("csv-series", options);
        return (data.Spec.Sample, ((IInMemory)data).Samples.contiguous().data<float>().ToArray());
    }
}
