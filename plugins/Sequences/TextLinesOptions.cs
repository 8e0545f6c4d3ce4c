using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace PluginGan.Plugins.Sequences;

/// <summary>Options of <c>text-lines</c>.</summary>
public sealed class TextLinesOptions
{
    /// <summary>The file.</summary>
    [Required]
    [Description("The text file, UTF-8, its path relative to the working folder, with a sequence on each line; empty lines are passed over.")]
    [LocalPath]
    public string Path { get; set; } = "";

    /// <summary>Symbols of a sample.</summary>
    [Range(0, 100_000)]
    [Description("Symbols in a sample: shorter lines are padded; 0 takes the longest line.")]
    public int Length { get; set; }

    /// <summary>Whether longer lines are cut.</summary>
    [Description("Whether lines that are longer than 'length' are cut; otherwise they are refused.")]
    public bool Cut { get; set; }

    /// <summary>The symbols.</summary>
    [Description("The symbols, one after the other, such as ACGT; a line with another one is refused. Empty: those that the file holds. The padding is added to them where a line is short.")]
    public string Alphabet { get; set; } = "";

    /// <summary>What short lines end with.</summary>
    [Description("The symbol that short lines are filled up with.")]
    public string Padding { get; set; } = " ";

    /// <summary>Which lines.</summary>
    [Description("Which lines: those to train on, or those that were set apart for evaluation (test).")]
    public SequenceSplit Split { get; set; } = SequenceSplit.Train;

    /// <summary>The share of lines that is set apart.</summary>
    [Range(0.0, 0.9)]
    [Description("The share of lines that is set apart for evaluation; 0 sets none apart, and both splits are the whole file.")]
    public double TestShare { get; set; }

    /// <summary>Which lines are set apart.</summary>
    [Range(0, 9e15)]
    [Description("Which lines are set apart depends on nothing else.")]
    public long Seed { get; set; }
}
