using NUnit.Framework;
using TorchSharp;
using static TorchSharp.torch;

namespace PluginGan.Training.Tests;

/// <summary>What happens to gradients before the optimiser sees them. Plain descent at rate 1 moves the weights by just what is left of them.</summary>
public class ClippingTests
{
    private static readonly Phase D = new("d", [Roles.Discriminator]);

    [Test]
    public void Clipping_by_norm_bounds_the_norm_over_the_whole_network()
    {
        using var scope = NewDisposeScope();
        var (free, clipped) = (Moved("\"none\""), Moved("0.25"));

        Assert.That(Norm(free), Is.GreaterThan(1));
        Assert.That(Norm(clipped), Is.EqualTo(0.25).Within(1e-5));
        foreach (var (whole, part) in free.Zip(clipped))
            Assert.That((part - (whole * (0.25 / Norm(free)))).abs().max().item<float>(), Is.LessThan(1e-5), "the direction stays");
    }

    [Test]
    public void Clipping_by_norm_leaves_smaller_gradients_as_they_are()
    {
        using var scope = NewDisposeScope();
        foreach (var (free, clipped) in Moved("\"none\"").Zip(Moved("1000")))
            Assert.That(clipped.Equals(free), Is.True);
    }

    [Test]
    public void Clipping_by_value_bounds_each_element()
    {
        using var scope = NewDisposeScope();
        foreach (var (free, clipped) in Moved("\"none\"").Zip(Moved("{ \"by\": \"value\", \"threshold\": 0.01 }")))
            Assert.That((clipped - free.clamp(-0.01, 0.01)).abs().max().item<float>(), Is.LessThan(1e-6));
    }

    [Test]
    public void Adaptive_clipping_bounds_each_unit_by_a_share_of_its_weights()
    {
        using var scope = NewDisposeScope();
        var start = Weights(new PointTraining(_ => new Scripted([D], (_, _) => null)));
        var (free, clipped) = (Moved("\"none\""), Moved("{ \"by\": \"adaptive\", \"threshold\": 0.1 }"));
        foreach (var (weights, whole, part) in start.Zip(free, clipped))
        {
            // As in arXiv:2102.06171, eq. 3: by rows of matrices and elements of biases, whose norm counts as at least a thousandth.
            Tensor ByUnit(Tensor tensor) => tensor.dim() > 1 ? tensor.norm(1) : tensor.abs();
            var allowed = ByUnit(weights).clamp_min(1e-3) * 0.1;
            Assert.That((ByUnit(part) - ByUnit(whole).minimum(allowed)).abs().max().item<float>(), Is.LessThan(1e-5));
        }
    }

    [Test]
    public void Under_adaptive_clipping_weights_of_zero_move_by_a_thousandth_of_the_threshold()
    {
        using var scope = NewDisposeScope();
        void Zero(PointTraining training)
        {
            using var quiet = no_grad();
            foreach (var parameter in training.Model.Networks[Roles.Discriminator].parameters().SkipLast(2))
                parameter.zero_();
        }

        var (free, clipped) = (Moved("\"none\"", Zero), Moved("{ \"by\": \"adaptive\", \"threshold\": 0.1 }", Zero));

        foreach (var (whole, part) in free.Zip(clipped).SkipLast(2))
        {
            var (gradient, moved) = part.dim() > 1 ? (whole.norm(1), part.norm(1)) : (whole.abs(), part.abs());
            Assert.That(gradient.min().item<float>(), Is.GreaterThan(1e-4), "there is a gradient to clip");
            Assert.That(moved.data<float>().ToArray(), Is.All.EqualTo(1e-4).Within(1e-8));
        }
    }

    [Test]
    public void A_gradient_that_is_not_finite_costs_its_step_and_not_the_weights()
    {
        using var scope = NewDisposeScope();
        using var training = new PointTraining(
            _ => new Scripted([D], (_, step) => Loss(step) * (step.Iteration == 3 ? float.NaN : 1f)),
            "\"iterations\": 10, \"logEvery\": 0, \"optimizers\": { \"default\": { \"name\": \"sgd\", \"rate\": 0.001 } }");
        var history = new List<Tensor[]>();
        var observer = new Watching(() => history.Add(Weights(training)));
        training.Trainer.Run(observer, CancellationToken.None);

        Assert.That(history[3].Zip(history[2]).All(pair => pair.First.Equals(pair.Second)), Is.True, "nothing moves where the gradient is broken");
        Assert.That(history[4].Zip(history[3]).All(pair => !pair.First.Equals(pair.Second)), Is.True);
        Assert.That(observer.Logged!["masked/discriminator"], Is.EqualTo(0.1).Within(1e-6));
        Assert.That(observer.Logged["gradient/discriminator"], Is.GreaterThan(0).And.LessThan(double.PositiveInfinity), "broken values are left out of averages");
    }

    private static Tensor Loss(StepContext step) => step.Model.Discriminate(step.Real.Samples * 10, null).Logits.square().mean();

    /// <summary>By how much one step of descent moves each parameter.</summary>
    private static List<Tensor> Moved(string clip, Action<PointTraining>? prepare = null)
    {
        using var training = new PointTraining(
            _ => new Scripted([D], (_, step) => Loss(step)),
            $"\"iterations\": 1, \"optimizers\": {{ \"default\": {{ \"name\": \"sgd\", \"rate\": 1, \"clip\": {clip} }} }}");
        prepare?.Invoke(training);
        var before = Weights(training);
        training.Run();
        return [.. before.Zip(Weights(training), (then, now) => then - now)];
    }

    private static Tensor[] Weights(PointTraining training) => [.. training.Model.Networks[Roles.Discriminator].parameters().Select(parameter => parameter.detach().clone())];

    private static double Norm(List<Tensor> tensors) => Math.Sqrt(tensors.Sum(tensor => tensor.square().sum().item<float>()));

    private sealed class Watching(Action iterated) : ITrainingObserver
    {
        public IReadOnlyDictionary<string, double>? Logged { get; private set; }

        public void Iterated() => iterated();

        public Checkpoint? Log(IReadOnlyDictionary<string, double> scalars)
        {
            Logged = scalars;
            return null;
        }
    }
}
