using NUnit.Framework;
using PluginGan.Plugins.Metrics;
using static TorchSharp.torch;

namespace PluginGan.Plugins.Tests;

/// <summary>Evaluators of the plugin at work.</summary>
internal static class MeasuredBy
{
    private static readonly Registered Plugin = new(new MetricsPlugin());

    /// <summary>The values by metric, without the extractor's name in brackets. Each is announced, in order; what is undefined may be left
    /// out.</summary>
    public static Dictionary<string, double> Values(string evaluator, EvaluationContext context, object? options = null)
    {
        using var made = Plugin.Create<Evaluator>(evaluator, options);
        using var quiet = no_grad();
        var values = made.Evaluate(context);
        var names = values.Select(value => value.Name).ToArray();
        Assert.That(names, Is.EqualTo(made.Metrics.Select(metric => metric.Name).Where(names.Contains)));
        return values.ToDictionary(value => value.Name.Split('[')[0], value => value.Value);
    }

    /// <summary>The same of features that are given.</summary>
    public static Dictionary<string, double> Values(string evaluator, Tensor real, Tensor generated, object? options = null) =>
        Values(evaluator, Of(real, generated), options);

    public static GivenContext Of(Tensor real, Tensor generated, Tensor? training = null) =>
        new(new VectorSpec((int)generated.shape[1]), new Batch(real), new Batch(generated), training is null ? null : new Batch(training));
}
