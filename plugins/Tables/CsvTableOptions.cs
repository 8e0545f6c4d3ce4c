using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace PluginGan.Plugins.Tables;

/// <summary>Options of <c>csv-table</c>.</summary>
public sealed class CsvTableOptions
{
    /// <summary>The file.</summary>
    [Required]
    [Description("The CSV file, UTF-8; its path is relative to the working folder.")]
    [LocalPath]
    public string Path { get; set; } = "";

    /// <summary>Whether the first line names the columns.</summary>
    [Description("Whether the first line names the columns; otherwise they are called column1, column2, ...")]
    public bool Header { get; set; } = true;

    /// <summary>What stands between two cells.</summary>
    [Description("What stands between two cells: one character, such as \",\", \";\" or \"\\t\".")]
    public string Delimiter { get; set; } = ",";

    /// <summary>Columns whose numbers are names.</summary>
    [Description("Columns that are categorical although they hold numbers: codes, grades.")]
    public string[] Categorical { get; set; } = [];

    /// <summary>Columns that must hold numbers.</summary>
    [Description("Columns that must hold numbers only. Those that are named neither here nor in 'categorical' are continuous where every cell is a number.")]
    public string[] Continuous { get; set; } = [];

    /// <summary>Columns that are left out.</summary>
    [Description("Columns that are left out: identifiers, free text.")]
    public string[] Ignore { get; set; } = [];

    /// <summary>Which rows.</summary>
    [Description("Which rows: those to train on, or those that were set apart for evaluation (test).")]
    public TableSplit Split { get; set; } = TableSplit.Train;

    /// <summary>The share of rows that is set apart.</summary>
    [Range(0.0, 0.9)]
    [Description("The share of rows that is set apart for evaluation; 0 sets none apart, and both splits are the whole table.")]
    public double TestShare { get; set; }

    /// <summary>Which rows are set apart.</summary>
    [Range(0, 9e15)]
    [Description("Which rows are set apart depends on nothing else.")]
    public long Seed { get; set; }
}
