using NUnit.Framework;
using PluginGan.Core;
using PluginGan.Plugins.Losses;
using PluginGan.TestPlugins;

namespace PluginGan.Training.Tests;

/// <summary>Real trainings that are made to fail in each way are caught by the right rule; those that go well are left in peace.</summary>
public class HealthRuleTests
{
    private const string Common = "\"batch\": 64, \"logEvery\": 10, \"snapshotEvery\": 0, \"checkpointEvery\": 0, \"health\": { \"nonFinite\": \"warn\" }";

    [Test]
    public void A_loss_that_is_not_a_number_is_not_finite() => Finds(HealthRule.NonFinite, new DivergingLoss(), iterations: 20);

    [Test]
    public void Rates_that_are_far_too_high_diverge() =>
        Finds(HealthRule.Divergence, Loss(LossModule.nonSaturating(0)), Rates(10, 10), iterations: 50);

    [Test]
    public void A_saturating_loss_against_a_much_faster_discriminator_leaves_no_gradient() =>
        Finds(HealthRule.VanishingGradients, Loss(LossModule.saturating(0)), Rates(1e-5, 1e-2), iterations: 300);

    [Test]
    public void A_much_faster_discriminator_dominates() =>
        Finds(HealthRule.Dominance, Loss(LossModule.nonSaturating(0)), Rates(1e-5, 1e-2), iterations: 200);

    [Test]
    public void High_rates_with_momentum_and_no_penalty_oscillate() =>
        Finds(HealthRule.Oscillation, Loss(LossModule.nonSaturating(0)), Rates(1e-2, 1e-2, beta1: 0.9), iterations: 700);

    [Test]
    public void A_generator_that_ignores_its_latent_has_collapsed() =>
        Finds(HealthRule.Collapse, Loss(LossModule.nonSaturating(0)), Rates(1e-3, 1e-3), iterations: 1010, ignoresLatent: true);

    [Test]
    public void A_rate_of_zero_is_a_stall() =>
        Finds(HealthRule.Stall, Loss(LossModule.nonSaturating(0)), Rates(1e-3, 0), iterations: 150);

    [Test]
    public void The_usual_game_is_well() => IsWell(LossModule.nonSaturating(0));

    [Test]
    public void The_usual_game_with_r1_is_well_also_where_each_iteration_is_logged() =>
        IsWell(LossModule.nonSaturating(0), logEvery: 1, regularizers: Term("r1", Smoothness.r1(), 0.5));

    [Test]
    public void Wasserstein_with_gradient_penalty_is_well() =>
        IsWell(LossModule.wasserstein, beta1: 0, steps: 5, regularizers: Term("gradient-penalty", Smoothness.gradientPenalty(new GradientPenaltyOptions()), 10));

    [Test]
    public void Hinge_with_r1_is_well() => IsWell(LossModule.hinge, regularizers: Term("r1", Smoothness.r1(), 0.5));

    [Test]
    public void Relativistic_with_r1_and_r2_is_well() =>
        IsWell(LossModule.relativistic, beta1: 0, regularizers: [.. Term("r1", Smoothness.r1(), 0.5), .. Term("r2", Smoothness.r2(), 0.5)]);

    [Test]
    public void Least_squares_with_r1_and_r2_is_well() =>
        IsWell(LossModule.leastSquares, regularizers: [.. Term("r1", Smoothness.r1(), 0.3), .. Term("r2", Smoothness.r2(), 0.3)]);

    private static void Finds(HealthRule rule, AdversarialLoss loss, string rates = "", int iterations = 100, bool ignoresLatent = false)
    {
        using var folder = new TemporaryFolder();
        using var run = new WatchedRun(folder.Path, $"\"iterations\": {iterations}, {Common}{rates}", loss, ignoresLatent: ignoresLatent);

        run.Run();

        Assert.That(run.Found, Has.Member(rule));
    }

    private static void IsWell(Loss loss, double beta1 = 0.5, int steps = 1, int logEvery = 10, WeightedRegularizer[]? regularizers = null)
    {
        using var folder = new TemporaryFolder();
        var settings = Common.Replace("\"logEvery\": 10", $"\"logEvery\": {logEvery}", StringComparison.Ordinal);
        using var run = new WatchedRun(folder.Path, $"\"iterations\": 700, \"discriminatorSteps\": {steps}, {settings}{Rates(1e-3, 1e-3, beta1)}", Loss(loss), regularizers ?? []);

        run.Run();

        Assert.That(run.Directory.Events().Where(happened => happened.Kind == RunEventKind.Diagnosis).Select(happened => happened.Text), Is.Empty);
        Assert.That(run.Summary.Scalars["d/diversity"], Is.GreaterThan(0.7), "this run is no example of health");
    }

    private static AdversarialLoss Loss(Loss loss) => LossModule.toComponent(loss);

    private static WeightedRegularizer[] Term(string name, Regularizer regularizer, double weight) => [new(name, regularizer, weight, 1)];

    private static string Rates(double generator, double discriminator, double beta1 = 0.5) => FormattableString.Invariant(
        $", \"optimizers\": {{ \"generator\": {{ \"rate\": {generator}, \"beta1\": {beta1} }}, \"discriminator\": {{ \"rate\": {discriminator}, \"beta1\": {beta1} }} }}");
}
