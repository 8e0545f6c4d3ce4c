using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace PluginGan.Plugins.Sequences;

/// <summary>Options of <c>grammar</c>.</summary>
public sealed class GrammarOptions
{
    /// <summary>How many sequences.</summary>
    [Range(1, 10_000_000)]
    [Description("How many sequences are drawn.")]
    public int Count { get; set; } = 10_000;

    /// <summary>Symbols of a sequence.</summary>
    [Range(1, 1000)]
    [Description("Symbols in a sequence, spaces at its end included.")]
    public int Length { get; set; } = 12;

    /// <summary>Which draws.</summary>
    [Description("Which draws: train, or others of the same grammar (test).")]
    public SequenceSplit Split { get; set; } = SequenceSplit.Train;

    /// <summary>What is drawn.</summary>
    [Range(0, 9e15)]
    [Description("What is drawn depends on nothing else.")]
    public long Seed { get; set; }
}
