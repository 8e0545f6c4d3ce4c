using System.Globalization;
using PluginGan.Core;

namespace PluginGan.Host.Terminal;

/// <summary>Scalars and scores in a few words.</summary>
internal static class TrainingText
{
    /// <summary>The losses of the phases, <c>d 1.234  g 0.987</c>.</summary>
    public static string Losses(RunEvent happened) => string.Join("  ", happened.Values
        .Where(value => value.Key.EndsWith("/loss", StringComparison.Ordinal))
        .Select(value => $"{value.Key[..^"/loss".Length]} {value.Value.ToString("0.000", CultureInfo.InvariantCulture)}"));

    /// <summary>All scores, <c>fid[lenet-fashion] 12.3</c>.</summary>
    public static string Scores(RunEvent happened) => string.Join("  ", happened.Values.Select(value => $"{value.Key} {Number(value.Value)}"));

    /// <summary>What was chosen for the run, by itself or by its recipe: <c>fp32, channels-last</c>.</summary>
    public static string Settings(TrainingSettings training) =>
        $"{training.Precision.ToString().ToLowerInvariant()}, {(training.MemoryFormat == MemoryFormat.ChannelsLast ? "channels-last" : "contiguous")}";

    /// <summary>A number with four significant digits.</summary>
    public static string Number(double value) => value.ToString("G4", CultureInfo.InvariantCulture);
}
