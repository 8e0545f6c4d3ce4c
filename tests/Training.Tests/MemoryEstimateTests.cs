using NUnit.Framework;
using PluginGan.TestPlugins;
using TorchSharp;

namespace PluginGan.Training.Tests;

public class MemoryEstimateTests
{
    // tiny: a generator of 4·2 + 2 weights, a discriminator of (2·4 + 4) + (4 + 1).
    private const int GeneratorBytes = 10 * 4;
    private const int DiscriminatorBytes = 17 * 4;

    [Test]
    public void Weights_count_with_gradients_moments_and_averages()
    {
        using var adam = new PointTraining(training: "\"ema\": { \"halfLifeKimg\": 1 }");
        using var plain = new PointTraining();
        var sgd = plain.Setup with { Optimizers = plain.Model.Networks.Keys.ToDictionary(role => role, _ => new NetworkOptimizer(new Sgd(new SgdOptions()), 0.1)) };

        Assert.Multiple(() =>
        {
            Assert.That(MemoryEstimate.Of(adam.Setup).Weights, Is.EqualTo(5 * GeneratorBytes + 4 * DiscriminatorBytes));
            Assert.That(MemoryEstimate.Of(sgd).Weights, Is.EqualTo(2 * (GeneratorBytes + DiscriminatorBytes)));
        });
    }

    [Test]
    public void Networks_that_lie_in_memory_already_are_not_needed_once_more()
    {
        using var training = new PointTraining();
        var estimate = MemoryEstimate.Of(training.Setup);
        var needed = estimate.Weights + estimate.Activations - (GeneratorBytes + DiscriminatorBytes);

        Assert.That(() => estimate.RequireFit(training.Setup.Training, needed), Throws.Nothing);
        Assert.That(() => estimate.RequireFit(training.Setup.Training, needed - 1), Throws.TypeOf<ComponentException>());
    }

    [Test]
    public void A_network_that_no_phase_trains_counts_once()
    {
        using var training = new PointTraining(_ => new Scripted([new("g", [Roles.Generator])], (_, step) => step.Model.Discriminate(step.Generated, null).Logits.mean()));

        Assert.That(MemoryEstimate.Of(training.Setup).Weights, Is.EqualTo(4 * GeneratorBytes + DiscriminatorBytes));
    }

    // Two values from the generator; four features and a verdict from the discriminator, for real and for generated points.
    // Dropout passes them through. Four bytes each, or two in mixed precision; packed points have a verdict together.
    [TestCase("\"batch\": 64", 64 * (2 + 2 * 5) * 4)]
    [TestCase("\"batch\": 64, \"accumulate\": 4", 16 * (2 + 2 * 5) * 4)]
    [TestCase("\"batch\": 64, \"precision\": \"bf16\"", 64 * (2 + 2 * 5) * 2)]
    [TestCase("\"batch\": 64, \"pack\": 4", (64 * 2 + 16 * 2 * 5) * 4)]
    public void Activations_are_what_the_layers_put_out_for_a_micro_batch(string settings, int bytes)
    {
        using var training = new PointTraining(training: settings);

        Assert.That(MemoryEstimate.Of(training.Setup).Activations, Is.EqualTo(bytes));
    }

    [Test]
    public void Measuring_leaves_no_trace()
    {
        var options = new TinyOptions { BatchNorm = true, Dropout = 0.5 };
        using var plain = new PointTraining(options: options).Run();
        using var measured = new PointTraining(options: options);
        _ = MemoryEstimate.Of(measured.Setup);
        measured.Run();

        Assert.That(measured.Bytes(), Is.EqualTo(plain.Bytes()));
    }

    [Test]
    public void What_fits_or_cannot_be_known_is_let_through()
    {
        using var training = new PointTraining();
        var estimate = MemoryEstimate.Of(training.Setup);

        Assert.That(() => estimate.RequireFit(training.Setup.Training, estimate.Weights + estimate.Activations), Throws.Nothing);
        Assert.That(() => estimate.RequireFit(training.Setup.Training, null), Throws.Nothing);
    }

    [TestCase(20_000L, 1, "training.batch to 188 or less, or training.accumulate to 6", TestName = "A batch that does not fit is refused with one that would")]
    [TestCase(20_000L, 48, "training.batch to 144 or less, or training.accumulate to 8", TestName = "A batch that would fit is one of whole packs")]
    [TestCase(5_434L, 1, "training.batch to 48 or less, or training.accumulate to 16", TestName = "A batch that fits exactly when split is proposed")]
    [TestCase(1_000L, 1, "training.batch to 5 or less, or training.accumulate to 192", TestName = "A batch of few is better than none")]
    [TestCase(540L, 1, "training.batch to 1 or less, or training.accumulate to 768", TestName = "A batch of one is better than none")]
    [TestCase(100L, 1, "make the networks smaller", TestName = "Networks that do not fit are refused")]
    public void Refuses(long available, int pack, string expected)
    {
        using var training = new PointTraining(training: $"\"batch\": 768, \"pack\": {pack}");
        var estimate = new MemoryEstimate(432, 0, 768 * 52);

        Assert.That(() => estimate.RequireFit(training.Setup.Training, available), Throws.TypeOf<ComponentException>().With.Message.Contains("too little memory").And.Message.Contains(expected));
    }

    [Test]
    public void A_batch_that_would_fit_keeps_its_parts_and_packs_whole()
    {
        using var training = new PointTraining(training: "\"batch\": 768, \"accumulate\": 4, \"pack\": 3");
        var estimate = new MemoryEstimate(432, 0, 192 * 52);

        // 48 points fit at once, and 4 times as many with training.accumulate as it is.
        Assert.That(() => estimate.RequireFit(training.Setup.Training, 432 + 49 * 2 * 52), Throws.TypeOf<ComponentException>().With.Message.Contains("training.batch to 192 or less"));
    }

    [Test]
    public void What_is_proposed_to_an_accumulating_training_follows_from_its_micro_batch()
    {
        using var training = new PointTraining(training: "\"batch\": 768, \"accumulate\": 4");
        var estimate = new MemoryEstimate(432, 0, 192 * 52);

        Assert.That(() => estimate.RequireFit(training.Setup.Training, 5000), Throws.TypeOf<ComponentException>()
            .With.Message.Contains("for a batch of 192 at once").And.Message.Contains("set training.batch to 172 or less, or training.accumulate to 24"));
    }

    [TestCase(500, true)]
    [TestCase(499, false)]
    public void Streaming_is_proposed_where_it_would_help(long data, bool helps)
    {
        using var training = new PointTraining();
        var estimate = new MemoryEstimate(1000, data, 1000);

        Assert.That(() => estimate.RequireFit(training.Setup.Training, 1500), Throws.TypeOf<ComponentException>()
            .With.Message.Contains("too little memory").And.Message.Matches(helps ? "training.data to \"streamed\"" : "[0-9]$"));
    }

    [Test]
    public void The_memory_of_this_machine_is_known() => Assert.That(DeviceMemory.Available(torch.CPU), Is.GreaterThan(100_000_000).And.LessThan(1L << 50));
}
