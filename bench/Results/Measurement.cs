using System.Text.Json.Serialization;

namespace PluginGan.Bench.Results;

/// <summary>The values of one quantity, in the order in which they were measured. Tables, files and documentation are made from these alone.</summary>
/// <param name="Group">The table that it stands in.</param>
/// <param name="Name">What was measured.</param>
/// <param name="Unit">The unit: <c>ms</c>, <c>img/s</c>, <c>%</c>, <c>×</c> for ratios, or nothing.</param>
/// <param name="Values">At least one.</param>
internal sealed record Measurement(string Group, string Name, string Unit, IReadOnlyList<double> Values)
{
    /// <summary>What must hold, or null.</summary>
    public Demand? Demanded { get; init; }

    /// <summary>What a paper says of it, or null.</summary>
    public Published? Published { get; init; }

    /// <summary>What of it was measured, where a table has a row for each of several things and a column for each quantity; else null.</summary>
    public string? Column { get; init; }

    /// <summary>The measurement of the same group that this is a part of, or null.</summary>
    public string? PartOf { get; init; }

    /// <summary>How the values are summed up.</summary>
    public Summary Summary { get; init; }

    /// <summary>The one number that stands for the values.</summary>
    [JsonIgnore]
    public double Centre => Summary == Summary.Mean ? Statistics.Mean(Values) : Statistics.Median(Values);
}
