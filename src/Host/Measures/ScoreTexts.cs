using PluginGan.Core;

namespace PluginGan.Host.Measures;

/// <summary>What is said of scores, in tables and on pages.</summary>
internal static class ScoreTexts
{
    /// <summary>What a coarse extractor's scores are good for.</summary>
    public const string Coarse = "coarse: compares the values of samples, not what people see in them";

    /// <summary>Which values are good: <c>higher</c>, <c>near the floor</c>; null where none is.</summary>
    /// <param name="direction">The metric's direction; null where it is not known.</param>
    /// <param name="reference">What a good value is near, or null for the floor.</param>
    public static string? Direction(MetricDirection? direction, string? reference) => direction switch
    {
        MetricDirection.Higher => "higher",
        MetricDirection.Lower => "lower",
        MetricDirection.NearReference => $"near {reference ?? "the floor"}",
        _ => null,
    };

    /// <summary>Whether scores in the features of that extractor are coarse.</summary>
    public static bool IsCoarse(string extractor) => Headline.IsCoarse($"[{extractor}]");
}
