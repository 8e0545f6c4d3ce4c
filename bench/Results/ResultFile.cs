using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using PluginGan.Training;

namespace PluginGan.Bench.Results;

/// <summary>Measurements with what they were made on: what is committed.</summary>
internal sealed record ResultFile
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };

    /// <summary>The machine.</summary>
    public required Machine Machine { get; init; }

    /// <summary>The day, in UTC.</summary>
    public required DateOnly Date { get; init; }

    /// <summary>The command that measured.</summary>
    public required string Command { get; init; }

    /// <summary>What was measured, with its version: <c>.NET</c>, <c>libtorch</c>, <c>threads</c>.</summary>
    public required IReadOnlyDictionary<string, string> Versions { get; init; }

    /// <summary>What a reader of the tables must know, or null.</summary>
    public string? Note { get; init; }

    /// <summary>The runs that the measurements sum up, where a study keeps them; else null.</summary>
    public IReadOnlyList<SeedRun>? Runs { get; init; }

    /// <summary>The measurements in the order of the tables.</summary>
    public required IReadOnlyList<Measurement> Measurements { get; init; }

    /// <exception cref="JsonException">The file holds no results.</exception>
    public static ResultFile Read(string path) =>
        JsonSerializer.Deserialize<ResultFile>(File.ReadAllText(path), Json) ?? throw new JsonException($"'{path}' is empty");

    public void Write(string path)
    {
        if (Path.GetDirectoryName(Path.GetFullPath(path)) is { } folder)
            Directory.CreateDirectory(folder);
        var rounded = this with { Measurements = [.. Measurements.Select(measurement => measurement with { Values = [.. measurement.Values.Select(Statistics.Round)] })] };
        // At once: a study that is killed while it writes keeps what it had.
        AtomicFile.Write(path, stream => stream.Write(Encoding.UTF8.GetBytes(JsonSerializer.Serialize(rounded, Json) + "\n")));
    }
}
