using NUnit.Framework;
using PluginGan.Plugins.DcGan;
using PluginGan.Plugins.TimeGan;
using PluginGan.Testing;
using TorchSharp;
using static TorchSharp.torch;

namespace PluginGan.Plugins.Tests;

/// <summary>TimeGAN's losses, against timegan_reference.py, and its gradients.</summary>
public sealed class TimeGanTests
{
    private static readonly SeriesSpec Spec = new(3, 2);

    // The bias of each network's last layer in the script.
    private static readonly (string Role, double Bias)[] Biases =
        [(TimeGanModel.Embedder, 0.1), (TimeGanModel.Recovery, 0.2), (Roles.Generator, 0.3), (TimeGanModel.Supervisor, 0.4), (Roles.Discriminator, 0.5)];

    [TestCase("embedding", 3.931692198073393)]
    [TestCase("supervising", 0.0054329389379651856)]
    [TestCase("e", 3.9322354919671896)]
    [TestCase("g", 55.43931134139848)]
    [TestCase("d", 2.4222309525403203)]
    public void The_loss_of_a_phase_is_that_of_the_paper(string phase, double expected)
    {
        using var scope = NewDisposeScope();
        using var model = Learnt(new TimeGanOptions { Width = 5 });
        foreach (var (role, bias) in Biases)
        {
            using var quiet = no_grad();
            var parameters = model.Networks[role].named_parameters().ToDictionary(entry => entry.name, entry => entry.parameter);
            parameters["output.weight"].zero_();
            parameters["output.bias"].fill_(bias);
        }
        Assert.That(Loss(model, new(), phase, new GivenStep(model, Series())).item<float>(), Is.EqualTo(expected).Within(1e-5 * Math.Max(1, expected)));
    }

    [TestCase("embedding", TimeGanModel.Embedder)]
    [TestCase("embedding", TimeGanModel.Recovery)]
    [TestCase("supervising", TimeGanModel.Supervisor)]
    [TestCase("g", Roles.Generator)]
    [TestCase("g", TimeGanModel.Supervisor)]
    [TestCase("e2", TimeGanModel.Embedder)]
    [TestCase("e2", TimeGanModel.Recovery)]
    [TestCase("d", Roles.Discriminator)]
    public void Gradients_agree_with_finite_differences(string phase, string role)
    {
        using var scope = NewDisposeScope();
        manual_seed(3);
        using var model = Learnt(new TimeGanOptions { Width = 4, Layers = 2 });
        foreach (var network in model.Networks.Values.Append(model.State!))
            network.to(ScalarType.Float64);
        var step = new GivenStep(model, new Batch(Series().Samples.to(float64))) { Type = ScalarType.Float64 };

        var found = UpdateChecks.Differences(model.Networks[role], () => Loss(model, new(), phase, step)).ToList();

        Assert.That(found.Select(entry => entry.Gradient), Is.EqualTo(found.Select(entry => entry.Difference)).Within(2e-6));
        Assert.That(found.Count(entry => Math.Abs(entry.Gradient) > 1e-5), Is.GreaterThan(found.Count / 2));
    }

    [TestCase("embedding")]
    [TestCase("supervising")]
    [TestCase("g")]
    [TestCase("e")]
    [TestCase("d")]
    public void An_update_does_not_wait_for_the_device(string phase)
    {
        using var scope = NewDisposeScope();
        using var model = Learnt(new TimeGanOptions { Width = 4 });
        var step = new GivenStep(model, Series());
        Assert.That(UpdateChecks.Waiting(() => Loss(model, new(), phase, step)), Is.Empty);
    }

    [Test]
    public void A_phase_reaches_only_the_networks_that_it_trains_and_those_that_it_goes_through()
    {
        using var scope = NewDisposeScope();
        using var model = Learnt(new TimeGanOptions { Width = 4 });
        foreach (var (phase, untouched) in new[] { ("g", TimeGanModel.Embedder), ("d", TimeGanModel.Embedder), ("d", Roles.Generator), ("d", TimeGanModel.Supervisor), ("e", Roles.Generator) })
        {
            foreach (var network in model.Networks.Values)
                network.zero_grad();
            Loss(model, new(), phase, new GivenStep(model, Series())).backward();
            Assert.That(model.Networks[untouched].parameters().All(parameter => parameter.grad is null || parameter.grad.abs().sum().item<float>() == 0), Is.True, $"{phase}: {untouched}");
        }
    }

    [Test]
    public void A_discriminator_whose_loss_is_low_rests()
    {
        using var scope = NewDisposeScope();
        using var model = Learnt(new TimeGanOptions { Width = 4 });
        double Gradient(double rest)
        {
            model.Networks[Roles.Discriminator].zero_grad();
            Loss(model, new() { Rest = rest }, "d", new GivenStep(model, Series())).backward();
            return model.Networks[Roles.Discriminator].parameters().Sum(parameter => (double)parameter.grad!.abs().sum().item<float>());
        }
        Assert.That(Gradient(0.15), Is.GreaterThan(0.01), "an untrained one has a loss of about 3 log 2");
        Assert.That(Gradient(100), Is.Zero);
    }

    [Test]
    public void The_stages_follow_each_other_over_the_run()
    {
        using var scope = NewDisposeScope();
        using var model = Learnt(new TimeGanOptions { Width = 4 });
        using var objective = new TimeGanObjective(new() { Embedding = 0.25, Supervising = 0.25 }, model);
        string[] At(double progress) => [.. objective.Phases.Where(phase => phase.Active!.Contains(progress)).Select(phase => phase.Name)];

        Assert.That(At(0), Is.EqualTo(new[] { "embedding" }));
        Assert.That(At(0.3), Is.EqualTo(new[] { "supervising" }));
        Assert.That(At(0.5), Is.EqualTo(new[] { "g", "e", "g2", "e2", "d" }));
        Assert.That(At(1), Is.EqualTo(new[] { "g", "e", "g2", "e2", "d" }));
    }

    [Test]
    public void Generated_series_lie_within_what_the_training_data_spans()
    {
        using var scope = NewDisposeScope();
        manual_seed(1);
        using var model = Learnt(new TimeGanOptions { Width = 4 });
        var data = Series().Samples;

        var series = model.Generate(model.Latent.Length is 3 ? rand(50, 3, 2) : throw new AssertionException("latents have a value for each step"), null);

        Assert.That(series.shape, Is.EqualTo(new long[] { 50, 3, 2 }));
        Assert.That(series.amin([0, 1]).ge(data.amin([0, 1])).all().item<bool>() && series.amax([0, 1]).le(data.amax([0, 1])).all().item<bool>(), Is.True);
        Assert.That(model.Scaled(data).min().item<float>(), Is.EqualTo(0).Within(1e-6));
        Assert.That(model.Scaled(data).amax([0, 1]).data<float>().ToArray(), Is.EqualTo(new[] { 1f, 1 }).Within(1e-6f));
        Assert.That(model.Discriminate(data, null).Logits.shape, Is.EqualTo(new long[] { 4, 3 }));
    }

    [Test]
    public void What_is_drawn_once_for_a_series_is_what_its_first_step_holds()
    {
        using var scope = NewDisposeScope();
        using var model = Learnt(new TimeGanOptions { Width = 4, Latent = 3, Static = 2 });
        var latent = rand(5, 3, 3);
        bool Matters(int step, int value)
        {
            var other = latent.clone();
            other.narrow(1, step, 1).narrow(2, value, 1).uniform_(0, 1);
            return !model.Imagine(other).allclose(model.Imagine(latent));
        }

        Assert.That(new[] { Matters(0, 0), Matters(0, 1), Matters(0, 2), Matters(1, 2) }, Is.All.True);
        Assert.That(new[] { Matters(1, 0), Matters(2, 1) }, Is.All.False);
    }

    [Test]
    public void The_generators_loss_weighs_supervision_and_moments_as_it_is_told()
    {
        using var scope = NewDisposeScope();
        manual_seed(2);
        using var model = Learnt(new TimeGanOptions { Width = 4 });
        float Weighing(double supervision, double moments)
        {
            manual_seed(5);
            return Loss(model, new() { Supervision = supervision, Moments = moments }, "g", new GivenStep(model, Series())).item<float>();
        }

        var none = Weighing(0, 0);
        var (supervised, matched) = (Weighing(1, 0) - none, Weighing(0, 1) - none);
        Assert.That(supervised, Is.Positive);
        Assert.That(matched, Is.Positive);
        Assert.That(Weighing(100, 100), Is.EqualTo(none + 100 * (supervised + matched)).Within(1e-3));
    }

    [Test]
    public void Other_data_models_and_stages_are_refused()
    {
        using var scope = NewDisposeScope();
        using var model = Learnt(new TimeGanOptions { Width = 4 });
        using var other = new DcGanModel(new DcGanOptions { Width = 4 }, new ModelSpec(new DataSpec(new ImageSpec(1, 28, 28), ConditionSpec.None), 1));
        TimeGanModel Of(SampleSpec spec, int pack = 1) => new(new(), new ModelSpec(new DataSpec(spec, ConditionSpec.None), pack));
        Assert.Multiple(() =>
        {
            Assert.That(() => Of(new VectorSpec(2)), Refusal("timegan makes time series, but the data is vector 2"));
            Assert.That(() => Of(new SeriesSpec(1, 2)), Refusal("have one time step"));
            Assert.That(() => Of(Spec, 2), Refusal("set 'training.pack' to 1"));
            Assert.That(() => Learnt(new TimeGanOptions { Latent = 2, Static = 3 }), Refusal("'static' of timegan is 3, but a time step is made from 2 values"));
            Assert.That(() => new TimeGanObjective(new(), other), Refusal("name it as architecture"));
            Assert.That(() => new TimeGanObjective(new() { Embedding = 0.6, Supervising = 0.5 }, model), Refusal("take 1.10 of the run together"));
        });
    }

    private static NUnit.Framework.Constraints.ContainsConstraint Refusal(string message) => Throws.TypeOf<ComponentException>().With.Message.Contains(message);

    private static Tensor Loss(TimeGanModel model, TimeGanObjectiveOptions options, string phase, GivenStep step)
    {
        var objective = new TimeGanObjective(options, model);
        return step.Update(objective, phase)!;
    }

    private static Batch Series() => new(arange(24, dtype: float64).sin().reshape(4, 3, 2).to(float32));

    private static TimeGanModel Learnt(TimeGanOptions options)
    {
        var model = new TimeGanModel(options, new ModelSpec(new DataSpec(Spec, ConditionSpec.None), 1));
        using var data = new TensorDataset(new DataSpec(new SeriesSpec(3, 2), ConditionSpec.None), Series().Samples);
        model.Learn(data);
        return model;
    }
}
