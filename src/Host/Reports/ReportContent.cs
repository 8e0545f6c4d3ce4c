using PluginGan.Core;
using PluginGan.Training;

namespace PluginGan.Host.Reports;

/// <summary>All that a report shows of a run, read from its folder.</summary>
internal sealed record ReportContent
{
    /// <summary>The run's name.</summary>
    public required string Name { get; init; }

    /// <summary>When the report was made.</summary>
    public required DateTimeOffset Written { get; init; }

    /// <summary>The version of the program that makes the report.</summary>
    public required string Version { get; init; }

    public required RecipeFacts Recipe { get; init; }

    /// <summary>Null where it cannot be read.</summary>
    public required RunManifest? Manifest { get; init; }

    public required RunSummary Summary { get; init; }

    public required IReadOnlyList<RunMoment> Timeline { get; init; }

    public required TimeSpan TimeSpent { get; init; }

    /// <summary>The scalars, thinned out for drawing.</summary>
    public required IReadOnlyList<CurveGroup> Curves { get; init; }

    /// <summary>In order.</summary>
    public required IReadOnlyList<EvaluationFile> Evaluations { get; init; }

    public required SheetSeries Sheets { get; init; }

    /// <summary>What evaluators had to show at the last evaluation that has pictures.</summary>
    public required IReadOnlyList<Picture> EvaluatorPictures { get; init; }

    public required Exploration Exploration { get; init; }

    /// <summary>The files of the run by their hashes.</summary>
    public required IReadOnlyList<FileStamp> Files { get; init; }

    /// <summary>What could not be read or is left out, in sentences.</summary>
    public required IReadOnlyList<string> Notes { get; init; }
}

/// <summary>A file of the run's folder.</summary>
/// <param name="Name">Its path within the folder.</param>
/// <param name="Bytes">Its size.</param>
/// <param name="Sha256">In hexadecimal.</param>
internal sealed record FileStamp(string Name, long Bytes, string Sha256);
