using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace PluginGan.Training;

/// <summary>What one evaluation has found, with all that is needed to compare it with another. As JSON it is <c>evaluations/0002000.json</c> of a run.</summary>
public sealed record EvaluationResult
{
    /// <summary>The iterations of the run that were done; null where the samples are of no run.</summary>
    public long? Iteration { get; init; }

    /// <summary>When it was measured.</summary>
    public DateTimeOffset? Time { get; init; }

    /// <summary>How many samples of each kind were compared.</summary>
    public required int Samples { get; init; }

    /// <summary>The seed that chose real samples, latents and halves.</summary>
    public required ulong Seed { get; init; }

    /// <summary>The dataset of the real samples.</summary>
    public required string Dataset { get; init; }

    /// <summary>Its split; null where it has none.</summary>
    public string? Split { get; init; }

    /// <summary>The scores, evaluator by evaluator.</summary>
    public required IReadOnlyList<Score> Scores { get; init; }

    /// <summary>In words, what the floors compare; empty without floors.</summary>
    public string FloorOf { get; init; } = "";

    /// <summary>How many random halves the intervals come from.</summary>
    public int Resamples { get; init; }

    /// <summary>The extractors that were used.</summary>
    public required IReadOnlyList<ExtractorStamp> Extractors { get; init; }

    /// <summary>The evaluators that could not measure, with the reasons.</summary>
    public required IReadOnlyList<SkippedEvaluator> Skipped { get; init; }

    /// <summary>What makes scores of it doubtful, and what would help.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];

    /// <summary>What evaluators had to show, by name, as files in the format of <see cref="SampleFile"/>.</summary>
    [JsonIgnore]
    public IReadOnlyDictionary<string, byte[]> Shown { get; init; } = new Dictionary<string, byte[]>();

    /// <summary>How results are written: camelCase, what is null left out, NaN and infinities as text.</summary>
    public static JsonSerializerOptions Json { get; } = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };
}
