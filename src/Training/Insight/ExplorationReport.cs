namespace PluginGan.Training;

/// <summary>What an exploration has written: <c>explore.json</c>.</summary>
/// <param name="Iteration">The iterations that the model was trained for.</param>
/// <param name="Time">When.</param>
/// <param name="Seed">What was drawn follows from it.</param>
/// <param name="Pictures">The images.</param>
/// <param name="Files">The other files, of samples that are no images.</param>
/// <param name="Skipped">What was not possible.</param>
public sealed record ExplorationReport(
    long Iteration, DateTimeOffset Time, ulong Seed, IReadOnlyList<ExplorationEntry> Pictures, IReadOnlyList<ExplorationEntry> Files, IReadOnlyList<SkippedExploration> Skipped);

/// <summary>One file of an exploration.</summary>
/// <param name="File">Its name in the folder.</param>
/// <param name="Title">A heading.</param>
/// <param name="Text">What is where in it.</param>
public sealed record ExplorationEntry(string File, string Title, string Text);

/// <summary>An exploration that was not possible.</summary>
/// <param name="Name">Which.</param>
/// <param name="Reason">Why.</param>
public sealed record SkippedExploration(string Name, string Reason);
