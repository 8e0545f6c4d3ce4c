using NUnit.Framework;
using PluginGan.Plugins.Losses;
using static TorchSharp.torch;

namespace PluginGan.Plugins.Tests;

/// <summary>The regularisers on discriminators of known gradients: x·w, whose gradient is w everywhere, and ½ Σ x², whose gradient is x.</summary>
public sealed class RegularizerTests
{
    private static readonly Registered Plugin = new(new LossesPlugin());

    private static Tensor Real => tensor(new double[,] { { 1, 2 }, { 3, 0 }, { -1, 1 } });
    private static Tensor Fake => tensor(new double[,] { { 0, 4 }, { 1, 1 }, { 2, -2 } });

    [TestCase("r1")]
    [TestCase("r2")]
    public void R1_and_r2_of_a_linear_discriminator_are_half_the_squared_norm_of_its_weights(string name)
    {
        var weights = tensor(new[] { 3.0, -4.0 }).requires_grad_();
        var penalty = Plugin.Create<Regularizer>(name).Penalty(new DiscriminatorStep(Real, Fake, x => x.matmul(weights)))!;
        Assert.That(penalty.item<double>(), Is.EqualTo(12.5).Within(1e-12));
        penalty.backward();
        Assert.That(weights.grad!.data<double>(), Is.EqualTo(new[] { 3.0, -4.0 }).Within(1e-12));
    }

    [TestCase("r1", (5 + 9 + 2) / 3.0 / 2)]
    [TestCase("r2", (16 + 2 + 8) / 3.0 / 2)]
    public void R1_looks_at_real_samples_and_r2_at_generated_ones(string name, double expected) =>
        Assert.That(Penalty(Plugin.Create<Regularizer>(name), Real, Fake), Is.EqualTo(expected).Within(1e-12));

    [TestCase(1.0, 16.0)]
    [TestCase(2.0, 9.0)]
    public void The_gradient_penalty_of_a_linear_discriminator_is_its_squared_distance_from_the_target_norm(double target, double expected)
    {
        var weights = tensor(new[] { 3.0, -4.0 }).requires_grad_();
        var penalty = Plugin.Create<Regularizer>("gradient-penalty", new GradientPenaltyOptions { Target = target })
            .Penalty(new DiscriminatorStep(Real, Fake, x => x.matmul(weights)))!;
        Assert.That(penalty.item<double>(), Is.EqualTo(expected).Within(1e-12));
        penalty.backward();
        var slope = 2 * (5 - target);
        Assert.That(weights.grad!.data<double>(), Is.EqualTo(new[] { slope * 3 / 5, slope * -4 / 5 }).Within(1e-12));
    }

    [Test]
    public void The_gradient_penalty_of_a_flat_discriminator_trains_without_nan()
    {
        var weights = zeros(2, float64).requires_grad_();
        var penalty = Plugin.Create<Regularizer>("gradient-penalty").Penalty(new DiscriminatorStep(Real, Fake, x => x.matmul(weights)))!;
        penalty.backward();
        Assert.That(penalty.item<double>(), Is.EqualTo(1));
        Assert.That(weights.grad!.data<double>(), Is.All.Zero);
    }

    [Test]
    public void The_gradient_penalty_draws_a_point_for_each_pair_uniformly_on_the_line_between_them()
    {
        // With the target 0 the penalty of ½x² is the mean of x̂², for x̂ uniform between 1 and 3: (3³ - 1³) / 3 / 2.
        var penalty = Plugin.Create<Regularizer>("gradient-penalty", new GradientPenaltyOptions { Target = 0 });
        Assert.That(Penalty(penalty, Constant(20_000, 1, 1.0), Constant(20_000, 1, 3.0)), Is.EqualTo(13 / 3.0).Within(0.05));
    }

    [Test]
    public void The_gradient_penalty_is_seeded_by_the_step()
    {
        var penalty = Plugin.Create<Regularizer>("gradient-penalty");
        var draws = new ulong[] { 1, 1, 2 }.Select(draw => Penalty(penalty, Real, Fake, draw)).ToArray();
        Assert.That(draws[1], Is.EqualTo(draws[0]));
        Assert.That(draws[2], Is.Not.EqualTo(draws[0]));
    }

    [Test]
    public void Dragan_perturbs_real_samples_as_the_reference_does() =>
        Assert.That(Penalty(Plugin.Create<Regularizer>("dragan"), Real, Fake), Is.EqualTo(2.05885944160403).Within(1e-12));

    [Test]
    public void Dragan_stays_within_its_reach_of_real_samples()
    {
        // The gradient of ½x² is x; the data has the deviation 2 and the values 1 and 5, so that points lie between 1 and 2 or 5 and 6.
        var real = cat([Constant(5000, 1, 1.0), Constant(5000, 1, 5.0)]);
        var dragan = Plugin.Create<Regularizer>("dragan", new DraganOptions { Target = 0 });
        // E (x + αu)² = x² + x/2 + 1/9, of which the mean over 1 and 5.
        Assert.That(Penalty(dragan, real, real), Is.EqualTo(13 + 1.5 + 1 / 9.0).Within(0.05));
    }

    [TestCase("r1", "real")]
    [TestCase("r2", "fake")]
    public void Penalties_of_packs_look_at_the_gradient_by_the_whole_pack(string name, string side)
    {
        // The gradient of ½x² is x: a pack of two rows has the sum of their squared norms.
        var rows = randn(6, 2, float64);
        var step = new DiscriminatorStep(side == "real" ? rows : Constant(6, 2, 0), side == "fake" ? rows : Constant(6, 2, 0), x => (x * x).sum(1) * 0.5) { Pack = 2 };
        Assert.That(Plugin.Create<Regularizer>(name).Penalty(step)!.item<double>(), Is.EqualTo((rows * rows).sum().item<double>() / 3 / 2).Within(1e-12));
    }

    [Test]
    public void Weight_clipping_clamps_what_lies_beyond_the_limit()
    {
        var parameter = tensor(new[] { -1, -0.3, 0.001, 0.2 });
        Plugin.Create<Regularizer>("weight-clipping", new WeightClippingOptions { Limit = 0.25 }).AfterStep([parameter]);
        Assert.That(parameter.data<double>(), Is.EqualTo(new[] { -0.25, -0.25, 0.001, 0.2 }));
    }

    [Test]
    public void Feature_matching_is_the_squared_distance_of_mean_features()
    {
        // The features are x²: their means are (11/3, 5/3) on real samples and (5/3, 21/3) on generated ones.
        var expected = Math.Pow(6 / 3.0, 2) + Math.Pow(-16 / 3.0, 2);
        Assert.That(Penalty(Plugin.Create<Regularizer>("feature-matching"), Real, Fake), Is.EqualTo(expected).Within(1e-12));
    }

    [Test]
    public void Mean_distance_pulls_generated_samples_towards_the_mean_of_the_data()
    {
        var generated = Fake.clone().requires_grad_();
        var penalty = Plugin.Create<Regularizer>("mean-distance").Penalty(new DiscriminatorStep(Real, generated, x => x.sum(1)))!;
        // Both means are (1, 1).
        Assert.That(penalty.item<double>(), Is.EqualTo(0).Within(1e-12));
        Plugin.Create<Regularizer>("mean-distance").Penalty(new DiscriminatorStep(Real + 3, generated, x => x.sum(1)))!.backward();
        Assert.That(generated.grad!.data<double>(), Is.All.EqualTo(-2 * 3 / 3.0).Within(1e-12));
    }

    [TestCase("r1", Side.Discriminator, true)]
    [TestCase("r2", Side.Discriminator, true)]
    [TestCase("gradient-penalty", Side.Discriminator, false)]
    [TestCase("dragan", Side.Discriminator, false)]
    [TestCase("weight-clipping", Side.Discriminator, false)]
    [TestCase("lecam", Side.Discriminator, false)]
    [TestCase("drift", Side.Discriminator, false)]
    [TestCase("consistency", Side.Discriminator, false)]
    [TestCase("balanced-consistency", Side.Discriminator, false)]
    [TestCase("feature-matching", Side.Generator, false)]
    [TestCase("mean-distance", Side.Generator, false)]
    [TestCase("pull-away", Side.Generator, false)]
    [TestCase("diversity", Side.Generator, false)]
    [TestCase("path-length", Side.Generator, false)]
    public void A_regulariser_names_its_side_and_whether_it_needs_the_gradient_of_the_inputs(string name, Side side, bool differentiates)
    {
        var regularizer = Plugin.Create<Regularizer>(name);
        Assert.That((regularizer.Side, regularizer.DifferentiatesInput), Is.EqualTo((side, differentiates)));
    }

    private static Tensor Constant(long rows, long columns, double value) => zeros(rows, columns, float64) + value;

    private static double Penalty(Regularizer regularizer, Tensor real, Tensor fake, ulong draw = 1) =>
        regularizer.Penalty(new DiscriminatorStep(real, fake, x => (x * x).sum(1) * 0.5) { Draw = draw })!.item<double>();
}
