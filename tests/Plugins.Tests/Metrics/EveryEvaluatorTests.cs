using NUnit.Framework;
using PluginGan.Plugins.AnoGan;
using PluginGan.Plugins.Metrics;
using TorchSharp;
using static TorchSharp.torch;

namespace PluginGan.Plugins.Tests;

/// <summary>
/// What every evaluator of every plugin owes, a new one too: of inputs that determine nothing it gives no good score. It refuses them in
/// words, or its figure is finite and worse than what real samples reach.
/// </summary>
public sealed class EveryEvaluatorTests
{
    private static readonly string[] Inputs =
    [
        "constant", "constant real", "constant generated", "NaN in real", "NaN in generated", "infinity in generated",
        "huge", "tiny", "single", "single generated", "empty",
    ];

    // What is measured must not depend on the evaluator's patience.
    private static readonly Dictionary<string, object> Options = new()
    {
        ["anomaly-auroc"] = new AnomalyOptions { Normal = ["0"] },
        ["discriminative-score"] = new DiscriminativeScoreOptions { Updates = 40, Width = 16, Batch = 32, Rate = 1e-2, Held = 0.4 },
        ["mixture-likelihood"] = new MixtureLikelihoodOptions { Restarts = 3 },
        ["sequence-validity"] = new SequenceValidityOptions { Pattern = "a.*" },
        ["task-score"] = new TaskScoreOptions { Epochs = 12, Batch = 16, Rate = 1e-2, Width = 4 },
    };

    // By what power of the scale a figure grows: as its formula says.
    private static readonly Dictionary<string, int> Powers = new()
    {
        ["fid"] = 2,
        ["nearest-real"] = 1,
        ["mean-distance"] = 1,
        ["translation-error"] = 1,
        ["copy-error"] = 1,
        ["mean-target-error"] = 1,
        ["cycle-error"] = 1,
        ["mahalanobis"] = 0,
        ["mahalanobis-means"] = 0,
        ["mahalanobis-shrinkage"] = 0,
        ["precision"] = 0,
        ["recall"] = 0,
        ["density"] = 0,
        ["coverage"] = 0,
        ["memorisation"] = 0,
        ["near-copies"] = 0,
        ["anomaly-auroc"] = 0,
        ["valid-sequences"] = 0,
        ["distinct-sequences"] = 0,
        ["agreement"] = 0,
        ["class-coverage"] = 0,
        ["min-class"] = 0,
        ["stacked-modes"] = 0,
        ["stacked-kl"] = 0,
    };

    private static readonly IReadOnlyList<RegisteredEvaluator> All = RegisteredEvaluators.OfAllPlugins();

    private DisposeScope scope = null!;

    public static IEnumerable<TestCaseData> EvaluatorsByKind() =>
        from evaluator in All
        from kind in evaluator.Info.Samples.DefaultIfEmpty(SampleKind.Vector)
        select new TestCaseData(evaluator.Info.Name, kind).SetArgDisplayNames(evaluator.Info.Name, $"{kind}");

    [SetUp]
    public void SetUp() => scope = NewDisposeScope();

    [TearDown]
    public void TearDown() => scope.Dispose();

    [Test]
    public void All_plugins_are_asked() =>
        Assert.That(All.Select(evaluator => evaluator.Info.Name), Is.SupersetOf(new[] { "fid", "cycle-error", "anomaly-auroc" }).And.Unique);

    [TestCaseSource(nameof(EvaluatorsByKind))]
    public void Inputs_that_determine_nothing_get_a_refusal_or_a_finite_figure_that_is_no_good(string name, SampleKind kind)
    {
        var evaluator = All.Single(one => one.Info.Name == name);
        var data = MeasuredData.Of(kind);
        Tensor real = data.Good(1), good = data.Good(2), bad = data.Bad(3);
        var (floor, plain) = (Measured(evaluator, data, real, good), Measured(evaluator, data, real, bad));

        Assert.That(floor.Refusal, Is.Null, "good samples are measured");
        Assert.That(plain.Refusal, Is.Null, "and so are bad ones");
        Assert.Multiple(() =>
        {
            // Some look at one of the sets only, and nothing is broken for them where the other is.
            var judges = !floor.Values.All(entry => entry.Value.Equals(plain.Values[entry.Key]));
            foreach (var input in Inputs.Where(input => judges || !input.EndsWith("generated", StringComparison.Ordinal)))
            {
                var scale = input switch { "huge" => 1e12f, "tiny" => 1e-12f, _ => 1 };
                var (left, right) = Degenerate(input, real, bad, scale);
                var found = Measured(evaluator, data, left, right, scale);
                var best = scale == 1 ? floor : Measured(evaluator, data, real * scale, good * scale, scale);
                Check(input, found, best, decides: scale != 1 || input.StartsWith("constant ", StringComparison.Ordinal));
                if (scale != 1)
                    CheckPowers(input, found, plain, scale);
            }
        });
    }

    /// <param name="input">What was measured.</param>
    /// <param name="found">What came of it.</param>
    /// <param name="floor">What good samples get.</param>
    /// <param name="decides">Whether there is something to measure after all: then bad samples may equal good ones in a metric.</param>
    private static void Check(string input, Outcome found, Outcome floor, bool decides)
    {
        if (found.Refusal is { } refusal)
        {
            Assert.That(refusal, Does.Contain(' ').And.Not.Contain("Exception").And.Not.Contain("System."), $"{input}: in words");
            return;
        }
        foreach (var (metric, value) in found.Values)
        {
            var undefined = double.IsNaN(value) && metric.Summary.Contains("NaN", StringComparison.Ordinal);
            Assert.That(double.IsFinite(value) || undefined, Is.True, $"{input}: {metric.Name} is {value}");
            if (metric.Direction == MetricDirection.None || !floor.Values.TryGetValue(metric, out var best) || double.IsNaN(value))
                continue;
            // How much a figure may differ by rounding.
            var hair = 1e-6 * Math.Max(Math.Abs(best), Math.Abs(value));
            var gap = metric.Direction switch
            {
                MetricDirection.Higher => best - value,
                MetricDirection.Lower => value - best,
                _ => decides ? 0 : Math.Abs(value - best),
            };
            var told = $"{input}: {metric.Name} is {value}, and of good samples {best}";
            Assert.That(gap, decides ? Is.GreaterThanOrEqualTo(-hair) : Is.GreaterThan(hair), told);
        }
    }

    private static void CheckPowers(string input, Outcome found, Outcome plain, double scale)
    {
        foreach (var (metric, value) in found.Values)
        {
            if (!Powers.TryGetValue(metric.Name.Split('[')[0], out var power))
                continue;
            var expected = plain.Values[metric] * Math.Pow(scale, power);
            Assert.That(value, Is.EqualTo(expected).Within(1e-4 * Math.Abs(expected)), $"{input}: {metric.Name}");
        }
    }

    private static (Tensor Real, Tensor Generated) Degenerate(string input, Tensor real, Tensor bad, float scale)
    {
        var constant = real[..1].expand_as(real);
        return input switch
        {
            "constant" => (constant, constant),
            "NaN in real" => (Broken(real, float.NaN), bad),
            "NaN in generated" => (real, Broken(bad, float.NaN)),
            "infinity in generated" => (real, Broken(bad, float.PositiveInfinity)),
            "constant generated" => (real, bad[..1].expand_as(bad)),
            "constant real" => (constant, bad),
            "single" => (real[..1], real[..1]),
            "single generated" => (real, real[..1]),
            "empty" => (real[..0], bad[..0]),
            _ => (real * scale, bad * scale),
        };
    }

    private static Tensor Broken(Tensor samples, float value)
    {
        var broken = samples.clone();
        broken[5] = value;
        return broken;
    }

    private static Outcome Measured(RegisteredEvaluator evaluator, MeasuredData data, Tensor real, Tensor generated, float scale = 1)
    {
        var info = evaluator.Info;
        var translates = info.Conditions.Contains(ConditionKind.Sample);
        ConditionSpec condition = translates ? new SampleCondition(data.Spec) : new ClassCondition(["a", "b", "c"]);
        // Of a translation the sources are half the targets, which is what the networks of the model undo.
        var sources = real * 0.5f;
        // What a model is asked for has nothing to do with how it answers.
        var asked = data.Labels(data.Good(2))[..(int)generated.shape[0]];
        var training = data.Good(4);
        var context = new GivenContext(
            data.Spec,
            new Batch(real, translates ? sources : data.Labels(real.nan_to_num())),
            new Batch(generated, translates ? sources : asked),
            new Batch(training * scale, translates ? 0.5f * training * scale : data.Labels(training)))
        {
            Condition = condition,
            Extract = data.Extract,
            Generator = new AnyRoleModel(info.RequiredRoles),
        };
        using var quiet = no_grad();
        var setting = new ComponentContext { DataFolder = Path.GetTempPath(), Data = context.Data };
        using var made = evaluator.Create(Options.GetValueOrDefault(info.Name), setting);
        try
        {
            var metrics = made.Metrics.ToDictionary(metric => metric.Name);
            return new(null, made.Evaluate(context).ToDictionary(value => metrics[value.Name], value => value.Value));
        }
        catch (ComponentException refusal)
        {
            return new(refusal.Message, []);
        }
    }

    private sealed record Outcome(string? Refusal, Dictionary<MetricInfo, double> Values);
}
