using NUnit.Framework;
using PluginGan.Plugins.Losses;
using static TorchSharp.torch;

namespace PluginGan.Plugins.Tests;

public sealed class DiffAugmentTests
{
    private static readonly Registered Plugin = new(new LossesPlugin());
    private static readonly DiffAugmentation[] Everything = Enum.GetValues<DiffAugmentation>();

    [TestCase(3, -0.903079784417462)]
    [TestCase(1, 2.65773224798512)]
    public void Images_are_changed_as_in_the_reference(int channels, double expected)
    {
        // See losses_reference.py.
        var changed = Apply(Images(6, channels), 0.75, seed: 5);
        var weights = (arange(changed.NumberOfElements, float64) * 0.7).cos().reshape(changed.shape);
        Assert.That((changed * weights).sum().item<double>(), Is.EqualTo(expected).Within(1e-6));
    }

    [Test]
    public void Strength_0_changes_nothing([Values] DiffAugmentation entry, [Values(1, 2, 3)] int channels) =>
        Assert.That(Same(Apply(Images(5, channels), 0, entry), Images(5, channels)));

    [Test]
    public void The_strength_is_the_probability_with_which_an_image_is_changed([Values] DiffAugmentation entry, [Values(0.25, 1)] double strength)
    {
        var images = randn(4000, 1, 8, 8, float64);
        var changed = Apply(images, strength, entry).ne(images).flatten(1).any(1).to(float32).mean().item<float>();
        // One in nine translations moves an image of 8 pixels by nothing.
        var expected = strength * (entry == DiffAugmentation.Translation ? 8 / 9.0 : 1);
        Assert.That(changed, Is.EqualTo(expected).Within(0.03));
    }

    [Test]
    public void Shape_and_range_are_kept([Values(1, 3)] int channels)
    {
        var images = Images(64, channels).to(float32);
        var changed = Apply(images, 1);
        Assert.That(changed.shape, Is.EqualTo(images.shape));
        Assert.That(changed.dtype, Is.EqualTo(images.dtype));
        // Brightness adds up to ½ (1½), saturation doubles the distance to the mean (at most 4½), contrast takes it by 1½ from the image's mean.
        Assert.That(changed.abs().max().item<float>(), Is.LessThan(9));
    }

    [Test]
    public void Brightness_saturation_and_contrast_of_a_grey_image_are_one_line()
    {
        var images = Images(20, 1);
        var changed = Apply(images, 1, DiffAugmentation.Colour);
        var slopes = (changed - changed.mean([1, 2, 3], keepdim: true)) / (images - images.mean([1, 2, 3], keepdim: true));
        var least = slopes.flatten(1).amin([1]);
        Assert.That((slopes.flatten(1).amax([1]) - least).max().item<double>(), Is.EqualTo(0).Within(1e-9));
        Assert.That(least.min().item<double>(), Is.InRange(0.5, 0.75));
        Assert.That(least.max().item<double>(), Is.InRange(1.25, 1.5));
    }

    [Test]
    public void Saturation_moves_the_channels_apart_or_together_and_keeps_their_mean_in_line()
    {
        var images = Images(20, 3);
        var changed = Apply(images, 1, DiffAugmentation.Colour);
        var apart = (images - images.mean([1], keepdim: true)).abs().mean([1, 2, 3]);
        var ratios = ((changed - changed.mean([1], keepdim: true)).abs().mean([1, 2, 3]) / apart).data<double>().ToArray();
        Assert.That(ratios, Is.All.InRange(0, 3));
        Assert.That(ratios.Max() - ratios.Min(), Is.GreaterThan(1));
    }

    [Test]
    public void Translation_moves_an_image_by_whole_pixels_up_to_its_share_of_the_side()
    {
        var images = zeros(3000, 1, 16, 8, float64);
        images[.., .., 8, 4] = 1;
        var moved = Apply(images, 1, new DiffAugmentOptions { Policy = [DiffAugmentation.Translation], Shift = 0.25 });

        Assert.That(moved.sum([1, 2, 3]).data<double>(), Is.All.EqualTo(1));
        var places = moved.flatten(1).argmax(1).data<long>().Select(place => (place / 8 - 8, place % 8 - 4)).Distinct();
        Assert.That(places, Is.EquivalentTo(from down in Enumerable.Range(-4, 9) from right in Enumerable.Range(-2, 5) select ((long)down, (long)right)));
    }

    [Test]
    public void What_comes_in_at_a_border_is_grey()
    {
        var moved = Apply(ones(200, 1, 8, 8, float64), 1, DiffAugmentation.Translation).sum([1, 2, 3]);
        Assert.That(moved.data<double>().Distinct(), Is.EquivalentTo(new[] { 64.0, 56, 49 }));
    }

    [TestCase(0.5)]
    [TestCase(0.4)]
    public void Cutout_greys_out_a_rectangle_wherever_it_may_lie(double cut)
    {
        var options = new DiffAugmentOptions { Policy = [DiffAugmentation.Cutout], Cut = cut };
        var images = ones(20_000, 2, 8, 8, float64);
        var kept = Apply(images, 1, options);
        var side = (int)(8 * cut + 0.5);
        var gone = 1 - kept[.., 0];

        Assert.That(Same(kept[.., 0], kept[.., 1]), "in every channel");
        Assert.That(gone.sum([1, 2]).max().item<double>(), Is.EqualTo(side * side));
        var (rows, columns) = (gone.amax([2]), gone.amax([1]));
        Assert.That(Same(gone, rows.unsqueeze(2) * columns.unsqueeze(1)), "a rectangle");
        Assert.That(gone.mean([0]).min().item<double>(), Is.GreaterThan(0), "anywhere");
        Assert.That(kept.sum([1, 2, 3]).max().item<double>(), Is.LessThan(128), "something always");
        // An image is cut from above as often as from below.
        Assert.That((rows - rows.flip(1)).mean([0]).abs().max().item<double>(), Is.LessThan(0.02));
    }

    [Test]
    public void Samples_of_a_batch_are_changed_in_different_ways()
    {
        var changed = Apply(Images(1, 3).expand(10, -1, -1, -1), 1);
        Assert.That(changed.flatten(1).unique(dim: 0).output.shape[0], Is.EqualTo(10));
    }

    [Test]
    public void Equal_seeds_give_equal_changes()
    {
        Assert.That(Same(Apply(Images(4, 3), 0.5, seed: 3), Apply(Images(4, 3), 0.5, seed: 3)));
        Assert.That(Same(Apply(Images(4, 3), 0.5, seed: 3), Apply(Images(4, 3), 0.5, seed: 4)), Is.False);
    }

    [Test]
    public void Gradients_match_finite_differences([Values(1, 3)] int channels)
    {
        using var scope = NewDisposeScope();
        var images = Images(3, channels).requires_grad_();
        var weights = randn_like(images.detach());
        Tensor Value() => (Apply(images, 0.8, seed: 2).tanh() * weights).sum();

        Value().backward();
        var expected = Differences.By(images, () => Value().item<double>());
        Assert.That(images.grad!.flatten().data<double>(), Is.EqualTo(expected).Within(1e-8));
    }

    [Test]
    public void Penalties_on_gradients_pass_through_it()
    {
        var images = Images(4, 3).requires_grad_();
        var first = autograd.grad([Apply(images, 1).tanh().sum()], [images], create_graph: true, retain_graph: true)[0];
        (first * first).sum().backward();
        Assert.That(images.grad!.abs().sum().item<double>(), Is.GreaterThan(0));
    }

    [Test]
    public void A_policy_of_nothing_is_refused() =>
        Assert.That(() => Plugin.Create<Augmentation>("diff-augment", new DiffAugmentOptions { Policy = [] }), Throws.TypeOf<ComponentException>().With.Message.Contains("'policy' of diff-augment is empty"));

    /// <summary>The images of the reference, [N, C, 8, 6].</summary>
    private static Tensor Images(int count, int channels) => arange(count * channels * 8 * 6, float64).sin().reshape(count, channels, 8, 6);

    private static bool Same(Tensor left, Tensor right) => left.eq(right).all().item<bool>();

    private static Tensor Apply(Tensor images, double strength, DiffAugmentation entry) => Apply(images, strength, new DiffAugmentOptions { Policy = [entry] });

    private static Tensor Apply(Tensor images, double strength, DiffAugmentOptions? options = null, long seed = 1)
    {
        using var draws = Draws.Begin((ulong)seed);
        using var augmentation = Plugin.Create<Augmentation>("diff-augment", options ?? new DiffAugmentOptions { Policy = Everything });
        return augmentation.Apply(images, tensor((float)strength));
    }
}
