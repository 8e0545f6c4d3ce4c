using NUnit.Framework;
using PluginGan.Plugins.CycleGan;
using PluginGan.Plugins.Losses;
using PluginGan.Testing;
using TorchSharp;
using static TorchSharp.torch;

namespace PluginGan.Plugins.Tests.Translation;

/// <summary>The game on networks that are a·x + b, against cyclegan_reference.py beside this file.</summary>
public sealed class CycleGanObjectiveTests
{
    private static readonly VectorSpec Pair = new(2);

    private DisposeScope scope = null!;

    private static Tensor Sources => tensor(new[,] { { 0.5, -1.0 }, { 0.25, 0.75 }, { -0.5, 0.0 } });

    private static Tensor Targets => tensor(new[,] { { 1.0, 0.5 }, { -0.25, -0.75 }, { 0.0, 0.125 } });

    [SetUp]
    public void SetUp() => scope = NewDisposeScope();

    [TearDown]
    public void TearDown() => scope.Dispose();

    [TestCase(0, 19.4639078776042)]
    [TestCase(0.5, 27.1201578776042)]
    public void The_losses_are_those_of_the_paper(double identity, double generators)
    {
        using var model = Model();
        using var objective = Objective(model, new() { Pool = 0, Identity = identity });
        var step = Step(model);
        Assert.Multiple(() =>
        {
            Assert.That(Loss(objective, "g", step), Is.EqualTo(generators).Within(1e-12));
            Assert.That(step.Reported["loss"].item<double>(), Is.EqualTo(2.12015787760417).Within(1e-12), "the adversarial part");
            Assert.That(Loss(objective, "d", step), Is.EqualTo(2.36802164713542).Within(1e-12));
            Assert.That(step.Shown!.mean().item<double>(), Is.EqualTo(step.Reported["real"].item<double>() - 0.5).Within(1e-12), "half way between the targets is undecided");
            Assert.That(step.Reported["cycle"].item<double>(), Is.EqualTo(1.734375).Within(1e-12));
            Assert.That(step.Reported.TryGetValue("identity", out var value) ? value.item<double>() : 0, Is.EqualTo(identity > 0 ? 1.53125 : 0).Within(1e-12));
        });
    }

    [Test]
    public void Gradients_agree_with_finite_differences()
    {
        using var model = Model();
        using var objective = Objective(model, new() { Pool = 0, Identity = 0.5 });
        foreach (var phase in objective.Phases)
        {
            NetworkGradients.AssertDifferences(phase.Trains.Select(role => model.Networks[role]), () =>
            {
                var step = Step(model);
                var loss = step.Update(objective, "g")!;
                return phase.Name == "g" ? loss : step.Update(objective, phase.Name)!;
            });
        }
    }

    [Test]
    public void Discriminators_do_not_move_what_was_generated()
    {
        using var model = Model();
        using var objective = Objective(model, new());
        var step = Step(model);
        step.Update(objective, "g");
        step.Update(objective, "d")!.backward();
        Assert.Multiple(() =>
        {
            Assert.That(objective.Phases.Select(phase => phase.Name), Is.EqualTo(new[] { "g", "d" }));
            Assert.That(objective.Phases[0].Trains.Concat(objective.Phases[1].Trains), Is.EquivalentTo(model.Networks.Keys));
            Assert.That(model.Networks.Where(network => network.Value.parameters().Any(parameter => parameter.grad is not null)).Select(network => network.Key), Is.EquivalentTo(objective.Phases[1].Trains));
        });
    }

    [Test]
    public void Discriminators_are_shown_what_was_generated_in_earlier_iterations()
    {
        using var model = Model();
        using var objective = Objective(model, new() { Pool = 6 });
        manual_seed(2);
        var losses = new List<(double, double)>();
        foreach (var scale in new[] { 1.0, 2.0, -3.0 })
        {
            var step = Step(model, scale);
            step.Update(objective, "g");
            using var fresh = Objective(model, new() { Pool = 0 });
            losses.Add((Loss(objective, "d", step), Loss(fresh, "d", step)));
        }
        Assert.Multiple(() =>
        {
            Assert.That(losses[0].Item1, Is.EqualTo(losses[0].Item2).Within(1e-6), "the pool is filling");
            Assert.That(losses[1].Item1, Is.EqualTo(losses[1].Item2).Within(1e-6), "the pool is filling");
            Assert.That(losses[2].Item1, Is.Not.EqualTo(losses[2].Item2).Within(1e-3));
            Assert.That(objective.State!.state_dict().Keys, Is.EquivalentTo(new[] { "targets.images", "targets.seen", "sources.images", "sources.seen" }));
        });
    }

    [Test]
    public void Identity_is_refused_between_domains_of_different_form()
    {
        using var model = Model();
        Assert.That(() => new CycleGanObjective(new() { Identity = 0.5 }, model, new DataSpec(new VectorSpec(3), model.Condition)),
            Throws.TypeOf<ComponentException>().With.Message.Contains("from vector 2 to vector 3: set 'identity' to 0"));
    }

    [Test]
    public void Networks_that_are_no_translators_are_refused_by_their_role() => Assert.Multiple(() =>
    {
        Assert.That(() => new CycleGanObjective(new(), new Strange(ConditionSpec.None), new DataSpec(Pair, ConditionSpec.None)),
            Throws.TypeOf<ComponentException>().With.Message.Contains("this one takes no condition"));
        Assert.That(() => new CycleGanObjective(new(), new Strange(new SampleCondition(Pair)), new DataSpec(Pair, new SampleCondition(Pair))),
            Throws.TypeOf<ComponentException>().With.Message.Contains("'inverse-generator'").And.Message.Contains("Bilinear"));
    });

    [Test]
    public void The_cycle_is_measured_from_the_source_through_its_translation_and_back()
    {
        using var model = Model();
        using var translations = model.Generate(zeros([3, 0]), Sources);
        var context = new GivenContext(Pair, new Batch(Targets, Sources), new Batch(translations, Sources)) { Condition = model.Condition, Generator = model };
        var values = new CycleError().Evaluate(context);
        // F(G(x)) is -0.75·x + 0.125.
        Assert.That(values.Single().Value, Is.EqualTo((Sources * -0.75 + 0.125 - Sources).abs().mean().item<double>()).Within(1e-12));
        Assert.That(new CycleError().Metrics.Single().Name, Is.EqualTo(values.Single().Name));
        Assert.That(new CycleError().IsResampled, Is.False);
    }

    [Test]
    public void No_cycle_is_measured_of_samples_without_a_model() =>
        Assert.That(() => new CycleError().Evaluate(new GivenContext(Pair, new Batch(Targets, Sources), new Batch(Targets, Sources))),
            Throws.TypeOf<ComponentException>().With.Message.Contains("evaluate a run"));

    private static AffineModel Model() => new(Pair, (0.5, 0.25), (-1.5, 0.5), (2.0, -0.5), (0.75, 0.125));

    private static CycleGanObjective Objective(GanModel model, CycleGanObjectiveOptions options) => new(options, model, new DataSpec(Pair, model.Condition));

    private static double Loss(CycleGanObjective objective, string phase, GivenStep step) => step.Update(objective, phase)!.item<double>();

    private static GivenStep Step(GanModel model, double scale = 1) =>
        new(model, new Batch(Targets, Sources * scale)) { Latents = zeros([Targets.shape[0], 0]), Loss = LossModule.toComponent(LossModule.leastSquares) };

    private sealed class Strange(ConditionSpec condition) : GanModel
    {
        public override IReadOnlyDictionary<string, nn.Module> Networks { get; } = new Dictionary<string, nn.Module> { ["inverse-generator"] = nn.Bilinear(1, 1, 1) };

        public override LatentSpec Latent { get; } = new([]);

        public override ConditionSpec Condition => condition;

        public override Tensor Generate(Tensor latent, Tensor? condition) => throw new NotSupportedException();
    }
}
