using NUnit.Framework;
using PluginGan.Plugins.Progressive;
using PluginGan.Plugins.Tests.Layers;
using TorchSharp;
using static TorchSharp.torch;

namespace PluginGan.Plugins.Tests.Progressive;

public sealed class ProgressiveModelTests : SquareImageArchitectureTests
{
    // Of 28 pixels: 7 until 0.25; 14 until 0.5, faded in until 0.375; 28 from then on, faded in until 0.625.
    private static readonly ProgressiveOptions Quarters = new() { Width = 4, GreatestFactor = 2, Latent = 6, StageShare = 0.25, Fade = 0.5 };

    [TestCase(0, 0, 1)]
    [TestCase(0.2499, 0, 1)]
    [TestCase(0.25, 1, 0)]
    [TestCase(0.28125, 1, 0.25)]
    [TestCase(0.375, 1, 1)]
    [TestCase(0.4999, 1, 1)]
    [TestCase(0.5, 2, 0)]
    [TestCase(0.625, 2, 1)]
    [TestCase(1, 2, 1)]
    public void Stage_and_weight_follow_from_the_progress(double progress, int stage, double weight)
    {
        using var growth = new Growth(2, 0.25, 0.5);
        growth.Advance(progress);
        Assert.That((growth.Stage, growth.Weight), Is.EqualTo((stage, weight)));
    }

    [Test]
    public void Without_fading_a_stage_switches_at_once()
    {
        using var growth = new Growth(2, 0.25, 0);
        growth.Advance(0.25);
        Assert.That((growth.Stage, growth.Weight), Is.EqualTo((1, 1.0)));
    }

    [TestCase(0.1, 4, 28)]
    [TestCase(0.4, 2, 4)]
    [TestCase(0.9, 1, 2)]
    public void An_image_of_a_lower_resolution_is_enlarged_to_the_full_size(double progress, int cell, int coarser)
    {
        var model = At(progress);
        var image = model.Generate(randn(2, 6), null);

        Assert.That(image.shape, Is.EqualTo(new long[] { 2, 1, 28, 28 }));
        Assert.That(Coarse(image, cell).allclose(image, atol: 1e-5), Is.True);
        Assert.That(Coarse(image, coarser).allclose(image, atol: 1e-5), Is.False);
    }

    [TestCase(0.1, 4, 28)]
    [TestCase(0.4, 2, 4)]
    public void Detail_beyond_the_resolution_is_not_judged(double progress, int cell, int coarser)
    {
        var model = At(progress);
        var images = randn(2, 1, 28, 28);

        Assert.That(Logits(model, Coarse(images, cell)).allclose(Logits(model, images), atol: 1e-5), Is.True);
        Assert.That(Logits(model, Coarse(images, coarser)).allclose(Logits(model, images), atol: 1e-5), Is.False);
    }

    [Test]
    public void What_is_faded_in_is_a_mixture_that_begins_without_it()
    {
        var model = At(0);
        var latent = randn(2, 6);
        var (before, none, quarter, whole) = (Image(0.2499), Image(0.25), Image(0.28125), Image(0.375));

        Assert.That(none.allclose(before, atol: 1e-6), Is.True);
        Assert.That(quarter.allclose((none * 0.75) + (whole * 0.25), atol: 1e-6), Is.True);
        Assert.That(whole.allclose(none, atol: 1e-3), Is.False);

        Tensor Image(double progress)
        {
            model.Advance(progress);
            return model.Generate(latent, null);
        }
    }

    [TestCase(0.25)]
    [TestCase(0.5)]
    public void A_verdict_does_not_jump_when_a_stage_begins(double begin)
    {
        var (before, after, later) = (At(begin - 1e-9), At(begin), At(begin + 0.1));
        var images = randn(2, 1, 28, 28);
        Assert.That(Logits(after, images).allclose(Logits(before, images), atol: 1e-6), Is.True);
        Assert.That(Logits(later, images).allclose(Logits(before, images), atol: 1e-6), Is.False);
    }

    [Test]
    public void Where_it_stands_depends_on_the_progress_and_not_on_the_way_there()
    {
        var model = At(0.3);
        var latent = randn(2, 6);
        var first = model.Generate(latent, null);
        model.Advance(1);
        var last = model.Generate(latent, null);
        model.Advance(0.3);

        Assert.That(model.Generate(latent, null).equal(first).all().item<bool>(), Is.True);
        Assert.That(first.allclose(last), Is.False);
    }

    [Test]
    public void Layers_that_have_not_grown_yet_are_not_trained()
    {
        var model = At(0.1);
        model.Discriminate(model.Generate(randn(2, 6), null), null).Logits.sum().backward();

        var trained = model.Networks.Values.SelectMany(network => network.named_parameters()).Where(entry => entry.parameter.grad is not null).Select(entry => entry.name).ToList();
        Assert.That(trained, Has.Member("toImage.0.weight").And.Member("fromImage.0.conv.weight"));
        Assert.That(trained, Has.None.StartsWith("toImage.1").And.None.StartsWith("fromImage.1").And.None.StartsWith("blocks.1"));
    }

    [Test]
    public void Stages_that_take_the_whole_run_are_refused() =>
        Assert.That(() => Make(28, new() { StageShare = 0.45, Fade = 0.5 }), Throws.TypeOf<ComponentException>().With.Message.Contains("'stageShare'").And.Message.Contains("less than 0.4"), "the last layers would still be faded in at the end");

    protected override GanModel Make(ModelSpec spec, bool conditional, bool full)
    {
        var model = new ProgressiveModel(new() { Width = 2, GreatestFactor = 2, Latent = 6, StageShare = 0.125, DeviationGroup = 2, Conditional = conditional }, spec);
        // All layers that are ever used at once: while the last stage is faded in.
        model.Advance(full ? 0.28125 : 1);
        return model;
    }

    // The way to an image of 7 pixels has gone by then.
    protected override bool IsTrained(string name) => !name.Contains("Image.0", StringComparison.Ordinal);

    private static ProgressiveModel At(double progress)
    {
        manual_seed(7);
        var model = Make(28, Quarters);
        model.Advance(progress);
        return model;
    }

    private static ProgressiveModel Make(int side, ProgressiveOptions options) => new(options, new ModelSpec(new DataSpec(new ImageSpec(1, side, side), ConditionSpec.None), 1));

    private static Tensor Logits(ProgressiveModel model, Tensor images) => model.Discriminate(images, null).Logits;

    private static Tensor Coarse(Tensor images, long cell) => nn.functional.avg_pool2d(images, cell).repeat_interleave(cell, 2).repeat_interleave(cell, 3);
}
