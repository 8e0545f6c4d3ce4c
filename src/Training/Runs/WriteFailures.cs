using PluginGan.Core;

namespace PluginGan.Training;

/// <summary>
/// What could not be written lately, by kind: a full disk is worth one warning for each kind, then few, and one word when it works again.
/// </summary>
internal sealed class WriteFailures(TimeProvider time)
{
    private readonly Dictionary<string, FailureStreak> streaks = new(StringComparer.Ordinal);

    /// <summary>Takes a failure.</summary>
    /// <param name="what">The kind.</param>
    /// <param name="message">What happened.</param>
    /// <returns>The warning that it is worth, or null.</returns>
    public string? Failed(string what, string message)
    {
        var streak = FailureStreak.After(streaks.GetValueOrDefault(what), time.GetUtcNow());
        streaks[what] = streak;
        if (!streak.IsWarned)
            return null;
        return streak.Count == 1 ? message : $"{message} ({streak.Count} failures in a row)";
    }

    /// <summary>Takes a success.</summary>
    /// <returns>The word that the first one after failures is worth, or null.</returns>
    public string? Wrote(string what) => streaks.Remove(what, out var streak)
        ? $"{what} can be written again, after {streak.Count} {(streak.Count == 1 ? "failure" : "failures")}"
        : null;
}
