using System.Text.Json;
using System.Text.Json.Serialization;

namespace PluginGan.Repro;

/// <summary>A table of a paper, to be filled in again: what is trained, and what the paper says of it. A file in <c>repro/studies</c>.</summary>
internal sealed record Study
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        ReadCommentHandling = JsonCommentHandling.Skip,
        AllowTrailingCommas = true,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    };

    /// <summary>One line for the help.</summary>
    public required string Title { get; init; }

    /// <summary>The paper and its table.</summary>
    public required string Source { get; init; }

    /// <summary>What a reader must know to compare: what is shorter here, what differs.</summary>
    public required string Note { get; init; }

    /// <summary>The recipe of variants that name none: a file in <c>recipes</c>, without its extension.</summary>
    public string? Recipe { get; init; }

    /// <summary>What differs from the recipes of all variants.</summary>
    public IReadOnlyList<string> Set { get; init; } = [];

    /// <summary>How long each variant trains, in minutes without its evaluation; null where the recipes say how many iterations. Each variant's pace is measured before.</summary>
    public double? Minutes { get; init; }

    /// <summary>Whether the samples of the first seed are shown.</summary>
    public bool Sheets { get; init; }

    /// <summary>Settings by which it is only to be seen that the study runs.</summary>
    public IReadOnlyList<string> Quick { get; init; } = [];

    /// <summary>Settings of the length that was published, where the recipes are shorter.</summary>
    public IReadOnlyList<string> Full { get; init; } = [];

    /// <summary>The columns of the paper's table, in order.</summary>
    public required IReadOnlyList<Metric> Metrics { get; init; }

    /// <summary>The rows of the paper's table, and ours.</summary>
    public required IReadOnlyList<Variant> Variants { get; init; }

    /// <exception cref="JsonException">The file is no study, or speaks of a metric that it does not list.</exception>
    public static Study Read(string path)
    {
        var study = Parsed(path);
        var known = study.Metrics.Select(metric => metric.Name).ToHashSet();
        return study.Variants.SelectMany(variant => variant.Demanded.Select(demanded => demanded.Metric).Concat(variant.Published.Keys)).FirstOrDefault(metric => !known.Contains(metric)) is { } unknown
            ? throw new JsonException($"'{path}': '{unknown}' is demanded or published, but is not one of the metrics: {string.Join(", ", known)}")
            : study;
    }

    private static Study Parsed(string path)
    {
        try
        {
            return JsonSerializer.Deserialize<Study>(File.ReadAllText(path), Json) ?? throw new JsonException("it is empty");
        }
        catch (JsonException error)
        {
            throw new JsonException($"'{path}' is no study: {error.Message}", error);
        }
    }

    /// <summary>A metric as the table shows it.</summary>
    /// <param name="Name">Its name in a run's scores.</param>
    /// <param name="Label">Its name in the table.</param>
    internal sealed record Metric(string Name, string Label)
    {
        /// <summary>Its unit in the table.</summary>
        public string Unit { get; init; } = "";

        /// <summary>What scores are multiplied by for the table: 100 for a share in per cent.</summary>
        public double Scale { get; init; } = 1;
    }

    /// <summary>A row of the paper's table.</summary>
    /// <param name="Table">The table that it stands in, where a study has several.</param>
    /// <param name="Label">What it is called there.</param>
    internal sealed record Variant(string Table, string Label)
    {
        /// <summary>Its recipe, where it is not that of the study.</summary>
        public string? Recipe { get; init; }

        /// <summary>What differs from the recipe, after what the study sets.</summary>
        public IReadOnlyList<string> Set { get; init; } = [];

        /// <summary>The settings of <see cref="Study.Full"/>, where they are others for this variant.</summary>
        public IReadOnlyList<string>? Full { get; init; }

        /// <summary>The paper's figures by metric, in the units of the table: the figure, and its standard error if that is stated.</summary>
        public IReadOnlyDictionary<string, double[]> Published { get; init; } = new Dictionary<string, double[]>();

        /// <summary>What must hold of single runs.</summary>
        public IReadOnlyList<Bound> Demanded { get; init; } = [];

        /// <summary>What tells it from the others of the study.</summary>
        [JsonIgnore]
        public string Name => $"{Table}, {Label}";
    }

    /// <summary>What must hold of single runs, in the units of the table.</summary>
    /// <param name="Metric">The metric.</param>
    /// <param name="Share">Of how many runs it must hold, in per cent.</param>
    internal sealed record Bound(string Metric, double Share)
    {
        /// <summary>The lower bound, or null.</summary>
        public double? AtLeast { get; init; }

        /// <summary>The upper bound, or null.</summary>
        public double? AtMost { get; init; }

        /// <summary>Whether a value keeps it.</summary>
        public bool Holds(double value) => !(value < AtLeast) && !(value > AtMost) && !double.IsNaN(value);
    }
}
