using NUnit.Framework;
using PluginGan.Core;
using PluginGan.Plugins.CtGan;
using PluginGan.Plugins.DcGan;
using PluginGan.Plugins.Losses;
using PluginGan.Plugins.Tables;
using PluginGan.Training;
using PluginGan.Testing;
using TorchSharp;
using static TorchSharp.torch;

namespace PluginGan.Plugins.Tests;

/// <summary>CTGAN's game on small tables.</summary>
public sealed class CtGanTests
{
    private static readonly TableSpec Mixed = new([new ColumnSpec("kind", ["a", "b", "c"]), new ColumnSpec("x", null)]);
    private static readonly CtGanOptions Small = new() { Latent = 6, GeneratorWidths = [8], CriticWidths = [8], Modes = 3, Dropout = 0.25, Pack = 2 };
    private static readonly CtGanOptions Linear = new() { Latent = 2, GeneratorWidths = [], CriticWidths = [], Modes = 2, Pack = 2 };

    [TestCase("d", Roles.Discriminator)]
    [TestCase("g", Roles.Generator)]
    public void Gradients_agree_with_finite_differences(string phase, string role)
    {
        using var scope = NewDisposeScope();
        manual_seed(1);
        using var model = Learnt(Small);
        var objective = Objective(model);
        foreach (var network in model.Networks.Values.Append(model.State))
            network.to(ScalarType.Float64);
        var step = Step(model, Real(8, ScalarType.Float64));

        var found = UpdateChecks.Differences(model.Networks[role], () => step.Update(objective, phase)!).ToList();

        // A linear layer's bias before batch norm has no gradient at all.
        Assert.That(found.Select(entry => entry.Gradient), Is.EqualTo(found.Select(entry => entry.Difference)).Within(1e-6));
        Assert.That(found.Count(entry => Math.Abs(entry.Gradient) > 1e-4), Is.GreaterThan(found.Count / 2));
    }

    [TestCase("d")]
    [TestCase("g")]
    public void An_update_does_not_wait_for_the_device(string phase)
    {
        using var scope = NewDisposeScope();
        using var model = Learnt(Small);
        var (objective, step) = (Objective(model), Step(model, Real(8, ScalarType.Float32)));
        Assert.That(UpdateChecks.Waiting(() => step.Update(objective, phase)!), Is.Empty);
    }

    [Test]
    public void A_linear_critic_is_penalised_by_its_norm_and_scores_as_its_weights_say()
    {
        using var scope = NewDisposeScope();
        using var model = Learnt(Linear);
        var critic = model.Networks[Roles.Discriminator];
        var weights = critic.named_parameters().ToDictionary(entry => entry.name, entry => entry.parameter);
        using (no_grad())
        {
            foreach (var (name, weight) in weights)
                weight.fill_(name.EndsWith("bias", StringComparison.Ordinal) ? 7 : 0);
            // The weights of the first row's position and of the second row's: 3 and 4, norm 5.
            var flat = weights.Single(entry => entry.Key.EndsWith("weight", StringComparison.Ordinal)).Value;
            flat[0, 0] = 3f;
            flat[0, flat.shape[1] / 2] = 4f;
        }
        var objective = Objective(model);
        var step = Step(model, Real(8, ScalarType.Float32));

        var loss = step.Update(objective, "d")!.item<float>();

        var positions = model.Encoding.Encode(step.Real.Samples).select(1, 0).reshape(4, 2);
        Assert.That(step.Reported["gradient-penalty"].to(ScalarType.Float64).item<double>(), Is.EqualTo(16).Within(1e-4), "(‖w‖ - 1)², arXiv:1704.00028");
        Assert.That(step.Reported["real"].to(ScalarType.Float64).item<double>(), Is.EqualTo((positions * tensor(new float[] { 3, 4 })).sum(1).mean().item<float>() + 7).Within(1e-4));
        Assert.That(loss, Is.EqualTo(step.Reported["fake"].to(ScalarType.Float64).item<double>() - step.Reported["real"].to(ScalarType.Float64).item<double>() + 160).Within(1e-3));
    }

    [Test]
    public void The_generator_is_held_to_the_category_that_it_was_asked_for()
    {
        using var scope = NewDisposeScope();
        using var model = Learnt(Linear);
        var weights = model.Networks[Roles.Generator].named_parameters().ToDictionary(entry => entry.name, entry => entry.parameter);
        using (no_grad())
        {
            weights["output.weight"].zero_();
            // Position, two modes, and the logits 0, 1, 3 of the three kinds.
            weights["output.bias"].copy_(tensor(new float[] { 0, 0, 0, 0, 1, 3 }));
        }
        var objective = Objective(model);
        var step = Step(model, Real(6, ScalarType.Float32));

        var loss = step.Update(objective, "g")!;

        // -log softmax(0, 1, 3) at 0, 1, 2, each asked for by a third of the rows.
        var sum = Math.Log(1 + Math.E + Math.Exp(3));
        Assert.That(step.Reported["cross-entropy"].to(ScalarType.Float64).item<double>(), Is.EqualTo((sum + (sum - 1) + (sum - 3)) / 3).Within(1e-5));
        Assert.That(loss.requires_grad, Is.True);
    }

    [Test]
    public void Rows_are_generated_in_the_space_of_the_table()
    {
        using var scope = NewDisposeScope();
        manual_seed(1);
        using var model = Learnt(Small);
        foreach (var network in model.Networks.Values)
            network.eval();

        var rows = model.Generate(randn(200, 6), null);

        Assert.That(rows.shape, Is.EqualTo(new long[] { 200, 2 }));
        Assert.That(rows.select(1, 0).data<float>().ToArray(), Is.All.AnyOf(0f, 1f, 2f));
        Assert.That(rows.select(1, 1).std().item<float>(), Is.InRange(0.1, 20));
    }

    [Test]
    public void A_column_with_fewer_modes_than_the_maximum_is_never_given_an_absent_one()
    {
        using var scope = NewDisposeScope();
        manual_seed(1);
        // Numbers about -100 and 100: whatever stands in for a mode that is absent lies far from both.
        var spec = new TableSpec([new ColumnSpec("x", null)]);
        using var model = new CtGanModel(new CtGanOptions { Latent = 6, GeneratorWidths = [8], CriticWidths = [8], Modes = 10, Pack = 2 }, new ModelSpec(new DataSpec(spec, ConditionSpec.None), 1));
        using var table = Table(spec, arange(400).remainder(2).mul(200).sub(100).to(float32).add(randn(400)).unsqueeze(1));
        model.Learn(table);

        // Logits that are wide apart, and would take an absent mode often.
        using (no_grad())
            foreach (var parameter in model.Networks[Roles.Generator].parameters())
                parameter.mul_(20);
        var rows = model.Generate(randn(2000, 6), null);

        Assert.That(model.Encoding.AbsentModes.lt(0).sum().item<long>(), Is.InRange(6, 8), "most modes are absent");
        Assert.That(rows.abs().min().item<float>(), Is.GreaterThan(50));
        // Each place of the two is taken: the mask is that of the column, not one mode alone.
        Assert.That(rows.gt(0).to(float32).mean().item<float>(), Is.InRange(0.1, 0.9));
    }

    [Test]
    public void Rows_are_judged_in_packs_and_a_batch_that_makes_none_is_refused()
    {
        using var scope = NewDisposeScope();
        using var model = Learnt(Small);
        var (encoded, asked) = (arange(8 * 7).reshape(8, 7).to(float32), zeros(8, 3));

        var packed = model.Pack(encoded, asked);

        Assert.That(packed.shape, Is.EqualTo(new long[] { 4, 20 }));
        Assert.That(packed[0].narrow(0, 10, 7).data<float>().ToArray(), Is.EqualTo(encoded[1].data<float>().ToArray()), "the second row beside the first");
        Assert.That(model.Judge(packed).shape, Is.EqualTo(new long[] { 4 }));
        Assert.That(() => model.Pack(encoded.narrow(0, 0, 7), asked.narrow(0, 0, 7)), Refusal("7 rows cannot be judged in packs of 2: choose 'training.batch'"));
    }

    [Test]
    public void It_learns_a_table_and_generates_its_categories_and_modes()
    {
        using var scope = NewDisposeScope();
        using var table = Table(Mixed, Samples(3000));
        using var data = new Registered(new TablesPlugin(), new ComponentContext { DataFolder = "", Datasets = _ => table }).Create<Dataset>("by-category", new ByCategoryOptions { Of = new("any") });
        manual_seed(1);
        using var model = new CtGanModel(new CtGanOptions { Latent = 16, GeneratorWidths = [64, 64], CriticWidths = [64, 64], Pack = 5 }, new ModelSpec(data.Spec, 1));
        using var objective = new CtGanObjective(new CtGanObjectiveOptions(), model, data.Spec);
        using var source = BatchSource.Open(data, 1, CPU);
        using var trainer = new Trainer(new TrainerSetup
        {
            Model = model,
            Objective = objective,
            Loss = LossModule.toComponent(LossModule.wasserstein),
            Data = source,
            Training = Recipes.Read("recipe.json", [], _ => """{ "dataset": "x", "architecture": "x", "loss": "x", "training": { "iterations": 300, "batch": 100 } }""").Training,
            Optimizers = model.Networks.Keys.ToDictionary(role => role, _ => new NetworkOptimizer(new Adam(new AdamOptions { Beta2 = 0.9 }), 1e-3)),
            Components = new Dictionary<string, Component> { ["architecture"] = model, ["objective"] = objective },
            Seed = 1,
        });

        trainer.Run(new Silent(), CancellationToken.None);
        var rows = trainer.WithAverages(() => model.Generate(randn(2000, 16), null));

        // Kind a at -10, b at 0, c at 10, each with deviation 1.
        Assert.That(rows.select(1, 0).to(int64).bincount(null, 3).data<long>().ToArray().Select(count => count / 2000.0), Is.EqualTo(new[] { 0.6, 0.3, 0.1 }).Within(0.12));
        var wrong = rows.select(1, 1).sub(rows.select(1, 0).sub(1).mul(10)).abs().gt(4).to(float32).mean().item<float>();
        Assert.That(wrong, Is.LessThan(0.15), "share of rows whose number does not go with their kind");
    }

    [Test]
    public void Another_model_other_data_and_layers_without_width_are_refused()
    {
        using var scope = NewDisposeScope();
        using var model = Learnt(Small);
        using var other = new DcGanModel(new DcGanOptions { Width = 4 }, new ModelSpec(new DataSpec(new ImageSpec(1, 28, 28), ConditionSpec.None), 1));
        Assert.Multiple(() =>
        {
            Assert.That(() => new CtGanObjective(new(), other, null), Refusal("only the architecture ctgan makes"));
            Assert.That(() => new CtGanObjective(new(), model, new DataSpec(Mixed, ConditionSpec.None)), Refusal("name the dataset 'by-category'"));
            Assert.That(() => model.Discriminate(zeros(2, 2), null), Refusal("only the objective 'ctgan' makes, and not rows of the table; to train it, name that objective in the recipe"));
            Assert.That(() => new CtGanModel(new(), new ModelSpec(new DataSpec(new VectorSpec(2), ConditionSpec.None), 1)), Refusal("ctgan makes rows of tables, but the data is vector 2"));
            Assert.That(() => new CtGanModel(new() { CriticWidths = [0] }, new ModelSpec(new DataSpec(Mixed, ConditionSpec.None), 1)), Refusal("each at least 1"));
        });
    }

    private static NUnit.Framework.Constraints.ContainsConstraint Refusal(string message) => Throws.TypeOf<ComponentException>().With.Message.Contains(message);

    private static TensorDataset Table(TableSpec spec, Tensor rows) => new(new DataSpec(spec, ConditionSpec.None), rows);

    private static CtGanModel Learnt(CtGanOptions options)
    {
        var model = new CtGanModel(options, new ModelSpec(new DataSpec(Mixed, new VectorCondition(3)), 1));
        using var table = Table(Mixed, Samples(300));
        model.Learn(table);
        return model;
    }

    private static GivenStep Step(GanModel model, Batch real) => new(model, real) { Type = real.Samples.dtype, Loss = LossModule.toComponent(LossModule.wasserstein) };

    private static CtGanObjective Objective(CtGanModel model) => new(new(), model, new DataSpec(Mixed, new VectorCondition(3)));

    private static Tensor Samples(int count)
    {
        manual_seed(9);
        var kinds = rand(count).mul(10).floor();
        var kind = kinds.ge(6).to(float32) + kinds.ge(9).to(float32);
        return stack([kind, (kind - 1) * 10 + randn(count)], 1);
    }

    /// <summary>Rows with the kinds in turn, each drawn for its kind.</summary>
    private static Batch Real(int count, ScalarType type)
    {
        var kinds = arange(count).remainder(3);
        manual_seed(8);
        return new(stack([kinds.to(type), (kinds.to(type) - 1) * 10 + randn(count, dtype: type)], 1), nn.functional.one_hot(kinds, 3).to(type));
    }

    private sealed class Silent : ITrainingObserver;
}
