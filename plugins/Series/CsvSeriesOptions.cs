using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace PluginGan.Plugins.Series;

/// <summary>Options of <c>csv-series</c>.</summary>
public sealed class CsvSeriesOptions
{
    /// <summary>The file or folder.</summary>
    [Required]
    [Description("A CSV file with a row for each time step and a column for each channel, or a folder of such files, each a series of its own; the path is relative to the working folder.")]
    [LocalPath]
    public string Path { get; set; } = "";

    /// <summary>Whether the first line names the channels.</summary>
    [Description("Whether the first line names the channels.")]
    public bool Header { get; set; } = true;

    /// <summary>What stands between two cells.</summary>
    [Description("What stands between two cells: one character, such as \",\", \";\" or \"\\t\".")]
    public string Delimiter { get; set; } = ",";

    /// <summary>Columns that are left out.</summary>
    [Description("Columns that are left out: dates, names.")]
    public string[] Ignore { get; set; } = [];

    /// <summary>Time steps of a window.</summary>
    [Range(1, 100_000)]
    [Description("Time steps of a sample: each series is cut into windows of this length.")]
    public int Length { get; set; } = 24;

    /// <summary>From one window to the next.</summary>
    [Range(1, 100_000)]
    [Description("Steps from the beginning of one window to that of the next; less than the length, and windows overlap.")]
    public int Stride { get; set; } = 1;

    /// <summary>Which windows.</summary>
    [Description("Which windows: those to train on, or those of the end that was set apart for evaluation (test).")]
    public SeriesSplit Split { get; set; } = SeriesSplit.Train;

    /// <summary>The share that is set apart.</summary>
    [Range(0.0, 0.9)]
    [Description("The share of each series, its end, that is set apart for evaluation, so that no window lies in both; 0 sets none apart, and both splits are everything.")]
    public double TestShare { get; set; }
}
