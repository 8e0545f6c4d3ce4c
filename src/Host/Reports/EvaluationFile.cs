using System.Text.Json;
using System.Text.Json.Serialization;
using PluginGan.Training;

namespace PluginGan.Host.Reports;

/// <summary>One evaluation of a training, as its file in <c>evaluations/</c> tells it; of an older run only what its history tells.</summary>
internal sealed record EvaluationFile
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
        RespectNullableAnnotations = true,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
        RespectRequiredConstructorParameters = true,
    };

    public required long Iteration { get; init; }

    /// <summary>How many samples were drawn; null where it is not known.</summary>
    public long? Samples { get; init; }

    public ulong? Seed { get; init; }

    /// <summary>The evaluation data: a name, or a choice as a recipe writes it.</summary>
    public JsonElement? Dataset { get; init; }

    public string? Split { get; init; }

    public required IReadOnlyList<Score> Scores { get; init; }

    /// <summary>What the floors were measured on.</summary>
    public string? FloorOf { get; init; }

    public IReadOnlyList<Extractor> Extractors { get; init; } = [];

    public IReadOnlyList<Skip> Skipped { get; init; } = [];

    /// <summary>What makes scores doubtful; older files have none.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];

    /// <exception cref="JsonException">The file is not an evaluation.</exception>
    public static EvaluationFile Parse(string text) => JsonFile.Parse<EvaluationFile>(text, Json);

    /// <summary>A value of a metric with what it must be seen against.</summary>
    internal sealed record Score
    {
        public required string Metric { get; init; }

        public string? Summary { get; init; }

        /// <summary>Which values are good; null where it is not known.</summary>
        public MetricDirection? Direction { get; init; }

        /// <summary>What the value should be near, where that is not the floor.</summary>
        public string? Reference { get; init; }

        /// <summary>The direction in older files.</summary>
        public bool? HigherIsBetter
        {
            init => Direction ??= value switch { true => MetricDirection.Higher, false => MetricDirection.Lower, null => null };
        }

        public required double Value { get; init; }

        /// <summary>The score of real samples against real ones.</summary>
        public double? Floor { get; init; }

        public double? Low { get; init; }

        public double? High { get; init; }
    }

    /// <summary>Whose features were compared.</summary>
    internal sealed record Extractor(string Name, string? Sha256 = null, string? Preparation = null);

    /// <summary>An evaluator without a score.</summary>
    internal sealed record Skip(string Evaluator, string? Reason = null);
}
