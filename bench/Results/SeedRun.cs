namespace PluginGan.Bench.Results;

/// <summary>One run of a study, with all that says whether it may stand for another.</summary>
/// <param name="Variant">What was trained, as the study names it.</param>
/// <param name="Seed">Its seed.</param>
/// <param name="Recipe">A hash of its recipe and settings.</param>
/// <param name="Settings">What differs from the recipe.</param>
/// <param name="Machine">What it ran on.</param>
/// <param name="Command">The command that ran it.</param>
internal sealed record SeedRun(string Variant, int Seed, string Recipe, IReadOnlyList<string> Settings, string Machine, string Command)
{
    /// <summary>Iterations until it was evaluated, or until it failed.</summary>
    public long Iterations { get; init; }

    /// <summary>How long it took; null where it was interrupted.</summary>
    public double? Minutes { get; init; }

    /// <summary>How long it trained, evaluations, samples and checkpoints left out; null where that is not known.</summary>
    public double? TrainingMinutes { get; init; }

    /// <summary>What a thousand samples of its batches cost while it trained, in seconds, however often an iteration's phases are repeated; null where that is not known.</summary>
    public double? SecondsPerKimg { get; init; }

    /// <summary>A picture of its last samples, beside the file of results; null where there is none.</summary>
    public string? Sheet { get; init; }

    /// <summary>The scores by metric; null where it failed.</summary>
    public IReadOnlyDictionary<string, double>? Scores { get; init; }
}
