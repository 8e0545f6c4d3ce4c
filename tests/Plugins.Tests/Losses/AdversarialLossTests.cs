using NUnit.Framework;
using PluginGan.Plugins.Losses;
using static System.Math;
using static TorchSharp.torch;

namespace PluginGan.Plugins.Tests;

/// <summary>The losses against their formulas in plain doubles.</summary>
public sealed class AdversarialLossTests
{
    private static readonly double[] Real = [2.0, -0.5, 0.3, 3.5], Fake = [-1.5, 0.8, 1.7, -3.0];
    private static readonly string[] Names = ["non-saturating", "saturating", "wasserstein", "least-squares", "hinge", "relativistic", "relativistic-average"];

    private static readonly Registered Plugin = new(new LossesPlugin());

    [Test]
    public void Every_loss_of_the_plugin_is_tested_here() => Assert.That(Plugin.Names<AdversarialLoss>(), Is.EquivalentTo(Names));

    public static IEnumerable<TestCaseData> Formulas()
    {
        var crossEntropy = Real.Average(x => -Log(Sigmoid(x))) + Fake.Average(x => -Log(1 - Sigmoid(x)));
        yield return new("non-saturating", crossEntropy, Fake.Average(x => -Log(Sigmoid(x))));
        yield return new("saturating", crossEntropy, Fake.Average(x => Log(1 - Sigmoid(x))));
        yield return new("wasserstein", Fake.Average() - Real.Average(), -Fake.Average());
        yield return new("least-squares",
            Real.Average(x => Pow(x - 1, 2)) / 2 + Fake.Average(x => x * x) / 2,
            Fake.Average(x => Pow(x - 1, 2)) / 2);
        yield return new("hinge", Real.Average(x => Max(0, 1 - x)) + Fake.Average(x => Max(0, 1 + x)), -Fake.Average());
        yield return new("relativistic",
            Real.Zip(Fake).Average(pair => -Log(Sigmoid(pair.First - pair.Second))),
            Real.Zip(Fake).Average(pair => -Log(Sigmoid(pair.Second - pair.First))));
        // From losses_reference.py.
        yield return new("relativistic-average", 0.648721440984211, 4.29872144098421);
    }

    [TestCaseSource(nameof(Formulas))]
    public void A_loss_equals_its_formula(string name, double discriminator, double generator)
    {
        var (d, g) = Play(Plugin.Create<AdversarialLoss>(name), tensor(Real), tensor(Fake));
        Assert.Multiple(() =>
        {
            Assert.That(d.item<double>(), Is.EqualTo(discriminator).Within(1e-12));
            Assert.That(g.item<double>(), Is.EqualTo(generator).Within(1e-12));
        });
    }

    [TestCaseSource(nameof(Names))]
    public void The_neutral_logit_is_the_one_that_costs_the_discriminator_least_where_it_cannot_tell(string name)
    {
        var loss = Plugin.Create<AdversarialLoss>(name);
        // The same logit for all samples; hinge costs the same between -1 and 1, and the middle stands for it.
        var logits = Enumerable.Range(-12, 25).Select(place => place / 4.0).ToList();
        var costs = logits.Select(logit => Play(loss, zeros(4, float64) + logit, zeros(4, float64) + logit).Discriminator.item<double>()).ToList();
        var best = logits.Where((_, place) => costs[place] < costs.Min() + 1e-9).ToList();
        double? expected = best.Count == logits.Count ? null : best.Average();
        Assert.That(loss.NeutralLogit, Is.EqualTo(expected));
    }

    [TestCase("non-saturating")]
    [TestCase("saturating")]
    public void Label_smoothing_asks_real_samples_to_be_real_with_less_than_certainty(string name)
    {
        var loss = Plugin.Create<AdversarialLoss>(name, new CrossEntropyOptions { LabelSmoothing = 0.1 });
        var expected = Real.Average(x => -0.9 * Log(Sigmoid(x)) - 0.1 * Log(1 - Sigmoid(x))) + Fake.Average(x => -Log(1 - Sigmoid(x)));
        Assert.That(Play(loss, tensor(Real), tensor(Fake)).Discriminator.item<double>(), Is.EqualTo(expected).Within(1e-12));
    }

    [TestCase("non-saturating")]
    [TestCase("least-squares")]
    [TestCase("relativistic")]
    [TestCase("wasserstein")]
    public void Generator_and_encoder_minimise_the_discriminators_loss_with_the_labels_exchanged(string name)
    {
        var loss = Plugin.Create<AdversarialLoss>(name);
        var (real, fake) = (new DiscriminatorOutput(tensor(Real)), new DiscriminatorOutput(tensor(Fake)));
        Assert.That(loss.GeneratorAndEncoder(real, fake).item<double>(), Is.EqualTo(loss.Discriminator(fake, real).item<double>()).Within(1e-12));
    }

    // Beyond the margin a hinged loss has no gradient; smoothing is for the discriminator alone; the minimax game is the discriminator's own loss, to be made large.
    [Test]
    public void Generator_and_encoder_have_no_margin_no_smoothing_and_the_minimax_game_where_the_loss_has_them() => Assert.Multiple(() =>
    {
        var (real, fake) = (new DiscriminatorOutput(tensor(Real)), new DiscriminatorOutput(tensor(Fake)));
        var smoothed = Plugin.Create<AdversarialLoss>("non-saturating", new CrossEntropyOptions { LabelSmoothing = 0.1 });
        var minimax = Plugin.Create<AdversarialLoss>("saturating");
        Assert.That(Plugin.Create<AdversarialLoss>("hinge").GeneratorAndEncoder(real, fake).item<double>(), Is.EqualTo(Real.Average() - Fake.Average()).Within(1e-12));
        Assert.That(smoothed.GeneratorAndEncoder(real, fake).item<double>(), Is.EqualTo(Plugin.Create<AdversarialLoss>("non-saturating").Discriminator(fake, real).item<double>()).Within(1e-12));
        Assert.That(minimax.GeneratorAndEncoder(real, fake).item<double>(), Is.EqualTo(-minimax.Discriminator(real, fake).item<double>()).Within(1e-12));
    });

    [TestCaseSource(nameof(Names))]
    public void The_players_pull_the_logits_in_opposite_directions(string name)
    {
        var loss = Plugin.Create<AdversarialLoss>(name);
        var real = tensor(new[] { -0.9, 0.1, 0.9 }).requires_grad_();
        var fake = tensor(new[] { 0.5, 0.1, 0.2 }).requires_grad_();

        var (d, g) = Play(loss, real, fake);
        d.backward();
        Assert.Multiple(() =>
        {
            Assert.That(real.grad!.data<double>(), Is.All.Negative, "the discriminator raises real logits");
            Assert.That(fake.grad!.data<double>(), Is.All.Positive, "and lowers fake ones");
        });

        fake.grad!.zero_();
        g.backward();
        Assert.That(fake.grad!.data<double>(), Is.All.Negative, "the generator raises fake logits");
    }

    [TestCaseSource(nameof(Names))]
    public void Gradients_match_finite_differences(string name)
    {
        using var scope = NewDisposeScope();
        var loss = Plugin.Create<AdversarialLoss>(name);
        var (real, fake) = (tensor(Real).requires_grad_(), tensor(Fake).requires_grad_());
        Func<Tensor>[] players = [() => Play(loss, real, fake).Discriminator, () => Play(loss, real, fake).Generator];
        foreach (var player in players)
        {
            player().backward();
            foreach (var logits in (Tensor[])[real, fake])
            {
                var expected = Differences.By(logits, () => player().item<double>());
                Assert.That(logits.grad?.data<double>().ToArray() ?? new double[logits.NumberOfElements], Is.EqualTo(expected).Within(1e-9));
                logits.grad?.zero_();
            }
        }
    }

    [TestCaseSource(nameof(Names))]
    public void Losses_and_gradients_stay_finite_at_extreme_logits(string name)
    {
        var real = tensor(new[] { 1e4f, -1e4f, 1e4f, -1e4f }).requires_grad_();
        var fake = tensor(new[] { 1e4f, -1e4f, -1e4f, 1e4f }).requires_grad_();
        var (d, g) = Play(Plugin.Create<AdversarialLoss>(name), real, fake);
        (d + g).backward();
        Assert.That(new[] { d, g, real.grad!, fake.grad! }.Select(values => values.isfinite().all().item<bool>()), Is.All.True);
    }

    [Test]
    public void A_sample_that_looks_like_the_mean_of_the_other_side_is_undecided_by_the_average()
    {
        var (d, g) = Play(Plugin.Create<AdversarialLoss>("relativistic-average"), ones(4), ones(3));
        Assert.That(new[] { d.item<float>(), g.item<float>() }, Is.All.EqualTo(2 * Log(2)).Within(1e-6));
    }

    [Test]
    public void Equal_logits_leave_the_relativistic_players_undecided()
    {
        var (d, g) = Play(Plugin.Create<AdversarialLoss>("relativistic"), tensor(Real), tensor(Real));
        Assert.That(new[] { d.item<double>(), g.item<double>() }, Is.All.EqualTo(Log(2)).Within(1e-12));
    }

    [TestCaseSource(nameof(Names))]
    public void Only_a_relativistic_generator_sees_real_samples(string name) =>
        Assert.That(Plugin.Create<AdversarialLoss>(name).GeneratorSeesReal, Is.EqualTo(name.StartsWith("relativistic", StringComparison.Ordinal)));

    [Test]
    public void Relativistic_pairs_of_unequal_shape_are_refused()
    {
        var loss = Plugin.Create<AdversarialLoss>("relativistic");
        Assert.That(() => Play(loss, ones(4), ones(4, 1)), Throws.TypeOf<ComponentException>().With.Message.Contains("4 and 4×1, must be alike"));
    }

    private static double Sigmoid(double x) => 1 / (1 + Exp(-x));

    private static (Tensor Discriminator, Tensor Generator) Play(AdversarialLoss loss, Tensor real, Tensor fake)
    {
        DiscriminatorOutput realOutput = new(real), fakeOutput = new(fake);
        return (loss.Discriminator(realOutput, fakeOutput), loss.Generator(loss.GeneratorSeesReal ? realOutput : null, fakeOutput));
    }
}
