using System.Diagnostics;
using NUnit.Framework;
using PluginGan.TestPlugins;
using TorchSharp;
using static TorchSharp.torch;

namespace PluginGan.Training.Tests;

[NonParallelizable]
[Platform("Linux")]
public class MemoryGuardTests
{
    private const long Free = 64_000_000;
    // Values of 4 bytes: beyond the limit, even of what other tests have freed; and a little beyond it.
    private const long Huge = 1_500_000_000;
    private const long Large = 24_000_000;
    private const string Needs = "its networks need";
    private const string Remedy = "lower the width";

    [Test]
    public void A_network_that_does_not_fit_is_refused_with_figures_and_a_remedy_before_memory_is_taken()
    {
        var before = Resident();

        Assert.That(() => MemoryGuard.Make(Needs, Remedy, () => nn.Linear(20_000, 20_000), Free),
            Throws.TypeOf<ComponentException>().With.Message.Matches(@"^too little memory: its networks need at least 1\.6 GB, which is more than the 60\.0 MB that are free; lower the width$"));
        Assert.That(Resident() - before, Is.LessThan(Free));
    }

    [Test]
    public void Layers_that_fit_one_by_one_are_refused_where_they_do_not_together()
    {
        var made = 0;

        Assert.That(() => MemoryGuard.Make(Needs, Remedy, () => Enumerable.Range(0, 100).Select(_ => { made++; return nn.Linear(2000, 2000); }).ToList(), Free), Throws.TypeOf<ComponentException>());
        // 16 MB each, in 60 MB and in what the process has freed and kept.
        Assert.That(made, Is.InRange(2, 80));
    }

    [Test]
    public void What_fits_is_made_and_nothing_is_limited_any_more()
    {
        using var network = MemoryGuard.Make(Needs, Remedy, () => nn.Linear(1000, 1000), Free);
        using var large = zeros(Large);

        Assert.That(network.weight!.shape, Is.EqualTo(new long[] { 1000, 1000 }));
        Assert.That(large.NumberOfElements, Is.EqualTo(Large));
    }

    [Test]
    public void After_a_refusal_there_is_no_limit()
    {
        Assert.That(() => MemoryGuard.Make(Needs, Remedy, () => zeros(Huge), Free), Throws.TypeOf<ComponentException>());

        using var large = zeros(Large);
        Assert.That(large.NumberOfElements, Is.EqualTo(Large));
    }

    [Test]
    public void What_is_made_within_another_is_named_as_what_does_not_fit() =>
        Assert.That(
            () => MemoryGuard.Make("the run needs", "use another machine", () => MemoryGuard.Make(Needs, Remedy, () => zeros(Huge)), Free),
            Throws.TypeOf<ComponentException>().With.Message.StartsWith("too little memory: its networks need at least 6.0 GB").And.Message.EndsWith(Remedy));

    [Test]
    public void Limits_that_overlap_end_with_the_last_of_them()
    {
        var first = AllocationLimit.Set(Free)!;
        var second = AllocationLimit.Set(Free)!;
        first.Dispose();
        Assert.That(() => zeros(Huge), Throws.Exception.With.Message.Contains("can't allocate memory"));
        second.Dispose();
        using var large = zeros(Large);
        Assert.That(AllocationLimit.Free() ?? long.MaxValue, Is.GreaterThan(Free));
    }

    [Test]
    public void An_array_of_net_that_does_not_fit_is_refused_too() =>
        Assert.That(() => MemoryGuard.Make(Needs, Remedy, () => new byte[1_000_000_000], Free), Throws.TypeOf<ComponentException>().With.Message.Contains("its networks need more than the 60.0 MB that are free"));

    [Test]
    public void Other_errors_stay_what_they_are() =>
        Assert.That(() => MemoryGuard.Make<int>(Needs, Remedy, () => throw new InvalidOperationException("out of order"), Free), Throws.InvalidOperationException);

    [Test]
    public void Moments_and_averages_that_do_not_fit_are_refused_with_the_networks_they_belong_to()
    {
        // 24 MB and 48 MB of weights, and three times that for gradients and moments.
        using var training = new PointTraining(options: new TinyOptions { Latent = 3_000_000 });
        using var limit = AllocationLimit.Set(60_000_000);

        Assert.That(() => Trainer.Prepare(training.Setup),
            Throws.TypeOf<ComponentException>().With.Message.Contains("gradients, moments and averages of the weights (generator 6.0 million, discriminator 12.0 million) need at least"));
    }

    [Test]
    public void A_pass_of_two_samples_that_does_not_fit_is_refused()
    {
        using var training = new PointTraining(options: new TinyOptions { Latent = 5_000_000 });
        using var limit = AllocationLimit.Set(20_000_000);

        Assert.That(() => MemoryEstimate.Of(training.Setup), Throws.TypeOf<ComponentException>().With.Message.Contains("a pass of 2 samples through the networks needs at least"));
    }

    private static long Resident()
    {
        using var process = Process.GetCurrentProcess();
        return process.WorkingSet64;
    }
}
