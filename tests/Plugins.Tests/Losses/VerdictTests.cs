using NUnit.Framework;
using PluginGan.Plugins.Losses;
using static TorchSharp.torch;

namespace PluginGan.Plugins.Tests;

/// <summary>What holds logits to moving averages or to those of moved images, against the numbers of <c>losses_reference.py</c>.</summary>
public sealed class VerdictTests
{
    private static readonly Registered Plugin = new(new LossesPlugin());

    private static Tensor Real => tensor(new double[,] { { 1, 2 }, { 3, 0 }, { -1, 1 } });
    private static Tensor Fake => tensor(new double[,] { { 0, 4 }, { 1, 1 }, { 2, -2 } });

    /// <summary>The images of the reference, [4, 2, 8, 6].</summary>
    private static Tensor Images => arange(4 * 2 * 8 * 6, float64).sin().reshape(4, 2, 8, 6);

    [Test]
    public void Lecam_follows_the_averages_of_the_logits_of_the_other_side()
    {
        using var lecam = Plugin.Create<Regularizer>("lecam", new LeCamOptions { Decay = 0.9 });
        var penalties = new[] { 0.0, 1, -2 }.Select(shift => lecam.Penalty(new DiscriminatorStep(Real + shift, Fake - shift, HalfSquaredNorm))!.item<double>());
        Assert.That(penalties, Is.EqualTo(new[] { 15.8333333333333, 17.2349953831948, 126.494408209765 }).Within(1e-4));
    }

    [Test]
    public void The_averages_of_lecam_pass_no_gradient_on()
    {
        using var lecam = Plugin.Create<Regularizer>("lecam");
        var bias = zeros(1, float64).requires_grad_();
        // On real logits of 1 and generated ones of 0 the first averages are just these.
        lecam.Penalty(new DiscriminatorStep(ones(2, 1, float64), zeros(2, 1, float64), x => x.squeeze(1) + bias * x.squeeze(1)))!.backward();
        Assert.That(bias.grad!.item<double>(), Is.EqualTo(2).Within(1e-12));
    }

    [Test]
    public void Drift_is_the_mean_square_of_real_logits()
    {
        // Half the squared norms of the real samples: 2.5, 4.5, 1.
        var step = new DiscriminatorStep(Real, Fake, HalfSquaredNorm);
        Assert.That(Plugin.Create<Regularizer>("drift").Penalty(step)!.item<double>(), Is.EqualTo(((2.5 * 2.5) + (4.5 * 4.5) + 1) / 3).Within(1e-12));
    }

    [Test]
    public void A_logit_that_changes_when_the_image_is_moved_or_mirrored_is_penalised()
    {
        var consistency = Plugin.Create<Regularizer>("consistency", new ConsistencyOptions { Shift = 0.2 });
        Assert.That(Penalty(consistency), Is.EqualTo(0.616799598277513).Within(1e-12));
    }

    [Test]
    public void Balanced_consistency_weighs_real_and_generated_images()
    {
        var consistency = Plugin.Create<Regularizer>("balanced-consistency", new BalancedConsistencyOptions { Shift = 0.2, RealWeight = 0.5, FakeWeight = 2 });
        Assert.That(Penalty(consistency), Is.EqualTo(2.38116856324005).Within(1e-12));
    }

    [TestCase("consistency")]
    [TestCase("balanced-consistency")]
    public void Consistency_of_a_discriminator_that_ignores_place_and_side_is_perfect(string name)
    {
        var consistency = Plugin.Create<Regularizer>(name, name == "consistency" ? new ConsistencyOptions { Shift = 0 } : new BalancedConsistencyOptions { Shift = 0 });
        var step = new DiscriminatorStep(Images, Images.neg(), x => x.sum([1, 2, 3]).tanh());
        Assert.That(consistency.Penalty(step)!.item<double>(), Is.EqualTo(0).Within(1e-20));
    }

    [Test]
    public void Each_image_of_a_pack_is_mirrored_by_itself()
    {
        var consistency = Plugin.Create<Regularizer>("consistency", new ConsistencyOptions { Shift = 0 });
        var real = randn(64, 1, 4, 4, float64);
        Tensor? seen = null;
        var step = new DiscriminatorStep(real, real, x =>
        {
            seen = x;
            return x.sum([1, 2, 3]);
        })
        { Pack = 2 };

        _ = step.Judged.Real.Output;
        consistency.Penalty(step);

        Assert.That(seen!.shape, Is.EqualTo(new long[] { 32, 2, 4, 4 }));
        var images = seen.reshape(64, 1, 4, 4);
        var same = images.eq(real).flatten(1).all(1).data<bool>().ToArray();
        var mirrored = images.eq(real.flip(3)).flatten(1).all(1).data<bool>().ToArray();
        Assert.That(same.Zip(mirrored), Has.All.Matches<(bool Same, bool Mirrored)>(image => image.Same != image.Mirrored));
        Assert.That(same.Chunk(2).Select(pack => pack.Count(image => image)), Is.SupersetOf(new[] { 0, 1, 2 }));
    }

    [Test]
    public void Without_flip_and_shift_the_transformation_is_none()
    {
        var consistency = Plugin.Create<Regularizer>("consistency", new ConsistencyOptions { Shift = 0, Flip = false });
        Assert.That(Penalty(consistency), Is.Zero);
    }

    private static double Penalty(Regularizer consistency)
    {
        var weights = (arange(2 * 8 * 6, float64) * 0.7).cos().reshape(2, 8, 6);
        var fake = Images.flip(0) * 0.5;
        return consistency.Penalty(new DiscriminatorStep(Images, fake, x => (x * weights).sum([1, 2, 3]).tanh()))!.item<double>();
    }

    private static Tensor HalfSquaredNorm(Tensor x) => (x * x).sum(1) * 0.5;
}
