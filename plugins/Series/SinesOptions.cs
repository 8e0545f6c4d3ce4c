using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace PluginGan.Plugins.Series;

/// <summary>Options of <c>sines</c>; the defaults are those of TimeGAN's experiment.</summary>
public sealed class SinesOptions
{
    /// <summary>How many series.</summary>
    [Range(1, 10_000_000)]
    [Description("How many series are drawn.")]
    public int Count { get; set; } = 10_000;

    /// <summary>Time steps.</summary>
    [Range(1, 100_000)]
    [Description("Time steps of each series.")]
    public int Length { get; set; } = 24;

    /// <summary>Channels.</summary>
    [Range(1, 10_000)]
    [Description("Sines side by side in each series, independent of each other.")]
    public int Channels { get; set; } = 5;

    /// <summary>The greatest angular frequency.</summary>
    [Range(0.0, 1000.0)]
    [Description("Each sine's angular frequency is uniform from 0 to this, in radians a step.")]
    public double Frequency { get; set; } = 0.1;

    /// <summary>The greatest phase.</summary>
    [Range(0.0, 1000.0)]
    [Description("Each sine's phase is uniform from 0 to this, in radians.")]
    public double Phase { get; set; } = 0.1;

    /// <summary>Which draws.</summary>
    [Description("Which draws: train, or others of the same kind (test).")]
    public SeriesSplit Split { get; set; } = SeriesSplit.Train;

    /// <summary>What is drawn.</summary>
    [Range(0, 9e15)]
    [Description("What is drawn depends on nothing else.")]
    public long Seed { get; set; }
}
