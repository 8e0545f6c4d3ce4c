using NUnit.Framework;
using PluginGan.Plugins.AnoGan;
using TorchSharp;
using static TorchSharp.torch;

namespace PluginGan.Plugins.Tests.Objectives;

public sealed class AnomalyTests
{
    private static readonly ClassCondition Classes = new(["a", "b", "c"]);

    private DisposeScope scope = null!;

    [SetUp]
    public void SetUp() => scope = NewDisposeScope();

    [TearDown]
    public void TearDown() => scope.Dispose();

    // objectives_reference.py, anomaly-auroc
    [TestCase(new[] { "b" }, 0.53125)]
    [TestCase(new[] { "2", "A" }, 0.46875)]
    public void The_area_is_that_of_scikit_learn(string[] normal, double area)
    {
        using var evaluator = new AnomalyAuroc(new AnomalyOptions { Normal = normal, Residual = 2, Batch = 5 });
        Assert.That(evaluator.Evaluate(Context()).Single().Value, Is.EqualTo(area).Within(1e-12));
    }

    // objectives_reference.py, ties
    [Test]
    public void Equal_scores_count_half() => Assert.Multiple(() =>
    {
        Assert.That(RocCurve.Area([1, 2, 2, 3], [2, 3, 4]), Is.EqualTo(0.7916666666666666).Within(1e-15));
        Assert.That(RocCurve.Area([1, 1], [1]), Is.EqualTo(0.5));
        Assert.That(RocCurve.Area([3], [1, 2]), Is.Zero);
        Assert.That(RocCurve.Area([double.NaN], [1]), Is.NaN);
    });

    [Test]
    public void What_cannot_be_compared_is_refused_with_what_would_be_right() => Assert.Multiple(() =>
    {
        Refused(Context(), "names no class", normal: []);
        Refused(Context(), "'d', which does not exist; there are 'a', 'b', 'c'", "d");
        Refused(Context(), "'3', which does not exist", "3");
        Refused(Context(labels: zeros(12, ScalarType.Int64)), "\"evaluation\"", "a");
        Refused(Context(model: false), "no model", "a");
        Refused(Context(condition: ConditionSpec.None), "'labels'", "a");
    });

    [Test]
    public void A_normal_class_that_does_not_exist_is_told_before_training()
    {
        Assert.That(() => new AnomalyAuroc(new AnomalyOptions { Normal = ["d"] }, Classes), Throws.TypeOf<ComponentException>().With.Message.Contains("names the class 'd', which does not exist"));
        Assert.That(() => new AnomalyAuroc(new AnomalyOptions(), Classes), Throws.TypeOf<ComponentException>().With.Message.Contains("names no class"));
    }

    private static void Refused(EvaluationContext context, string message, params string[] normal)
    {
        using var evaluator = new AnomalyAuroc(new AnomalyOptions { Normal = normal });
        Assert.That(() => evaluator.Evaluate(context), Throws.TypeOf<ComponentException>().With.Message.Contains(message));
    }

    private static GivenContext Context(Tensor? labels = null, bool model = true, ConditionSpec? condition = null)
    {
        var samples = TinyNetworks.Wave(1.1, 12, 5);
        return new GivenContext(new VectorSpec(5), new Batch(samples, labels ?? arange(12, ScalarType.Int64).remainder(3)), new Batch(samples))
        {
            Condition = condition ?? Classes,
            Generator = model ? new TinyNetworks(TinyNetworks.Normal, [Roles.Generator, Roles.Discriminator, Roles.Encoder]) : null,
        };
    }
}
