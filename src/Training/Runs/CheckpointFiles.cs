using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using PluginGan.Core;

namespace PluginGan.Training;

/// <summary>The files of one checkpoint: how they are written, and what is wrong with those that cannot be read.</summary>
internal static class CheckpointFiles
{
    private const int FormatVersion = 2;
    private const string TensorsName = "state.safetensors";
    private const string CountersName = "state.json";
    private const string SumsName = "SHA256SUMS";

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
    };

    public static void Write(string path, TrainerState state, CheckpointOrigin? origin, CheckpointHistory? history)
    {
        var tensors = AtomicFile.WriteThrough(Path.Combine(path, TensorsName), stream => Safetensors.Write(stream, state.Tensors));
        var content = new Content(
            FormatVersion, state.Iteration, state.Consumed, state.OptimizerSteps, state.ScalarCounts, origin, history);
        var counters = AtomicFile.WriteThrough(Path.Combine(path, CountersName), stream => JsonSerializer.Serialize(stream, content, Json));
        AtomicFile.WriteThrough(Path.Combine(path, SumsName), stream => stream.Write(Encoding.ASCII.GetBytes(Sums(counters, tensors))));
    }

    /// <summary>Reads a checkpoint; the caller disposes it.</summary>
    /// <exception cref="Exception">It cannot be read: <see cref="FaultOf"/> says what is wrong.</exception>
    public static Checkpoint Read(string path, long iteration)
    {
        Verify(path);
        var content = JsonFile.Read<Content>(Path.Combine(path, CountersName), Json);
        if (content.Iteration != iteration)
            throw new InvalidDataException($"it is of iteration {content.Iteration}: the folder has been renamed");
        using var stream = File.OpenRead(RegularFile.At(Path.Combine(path, TensorsName)));
        var tensors = Safetensors.Read(stream);
        var state = new TrainerState(tensors, content.Iteration, content.Consumed, content.OptimizerSteps, content.ScalarCounts);
        return new Checkpoint(state, content.Origin, content.History);
    }

    /// <summary>Whether a checkpoint is what was written, of this format, and under its own name.</summary>
    public static bool IsWhole(string path, long iteration)
    {
        try
        {
            Verify(path);
            return JsonFile.Read<Content>(Path.Combine(path, CountersName), Json).Iteration == iteration;
        }
        catch (Exception error) when (FaultOf(error) is not null)
        {
            return false;
        }
    }

    /// <summary>What is wrong with a checkpoint whose reading ended so; null for errors that have nothing to do with it.</summary>
    public static CheckpointFault? FaultOf(Exception error) => error switch
    {
        OtherFormatException => CheckpointFault.OtherFormat,
        InvalidDataException or JsonException or EndOfStreamException => CheckpointFault.Damaged,
        FileNotFoundException or DirectoryNotFoundException => CheckpointFault.Damaged,
        IOException or UnauthorizedAccessException => CheckpointFault.Unreadable,
        _ => null,
    };

    private static void Verify(string path)
    {
        if (RunPlaces.InsteadOfFolder(path) is { } kind)
            throw new InvalidDataException($"it is {kind}, where a folder belongs");
        var (tensors, counters, sums) = (Path.Combine(path, TensorsName), Path.Combine(path, CountersName), Path.Combine(path, SumsName));
        string said;
        try
        {
            said = File.ReadAllText(RegularFile.At(sums), Encoding.Latin1);
        }
        // The first format had no sums.
        catch (FileNotFoundException) when (VersionIn(counters) is { } version and not FormatVersion)
        {
            throw new OtherFormatException(version);
        }
        // Compared as a whole: a change of the sums themselves is as much a damage as one of what they are over.
        var isWhole = said == Sums(Hash(counters), Hash(tensors));
        // A later format may have other files: it is one where its own sums confirm what it says of itself.
        if ((isWhole || Confirm(said, path)) && VersionIn(counters) is { } other and not FormatVersion)
            throw new OtherFormatException(other);
        if (!isWhole)
            throw new InvalidDataException($"{SumsName} does not hold the SHA-256 of {CountersName} and {TensorsName}");
    }

    private static bool Confirm(string sums, string path)
    {
        var entries = sums.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split("  ")).ToList();
        return entries.Any(entry => entry is [_, CountersName]) && entries.All(entry => entry is [var hash, var name] && Has(name, hash));

        bool Has(string name, string hash) =>
            Path.GetFileName(name) == name && File.Exists(Path.Combine(path, name)) && Hash(Path.Combine(path, name)) == hash;
    }

    private static int? VersionIn(string counters)
    {
        try
        {
            using var json = JsonDocument.Parse(File.ReadAllBytes(RegularFile.At(counters)));
            return json.RootElement.ValueKind == JsonValueKind.Object && json.RootElement.TryGetProperty("version", out var version)
                && version.ValueKind == JsonValueKind.Number && version.TryGetInt32(out var number)
                ? number
                : null;
        }
        catch (Exception error) when (error is JsonException or FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }

    private static string Sums(string counters, string tensors) => $"{counters}  {CountersName}\n{tensors}  {TensorsName}\n";

    private static string Hash(string path)
    {
        using var stream = File.OpenRead(RegularFile.At(path));
        return Convert.ToHexStringLower(SHA256.HashData(stream));
    }

    private sealed class OtherFormatException(int version) : Exception($"{version}, and this version reads {FormatVersion}");

    private sealed record Content(
        int Version,
        long Iteration,
        long Consumed,
        IReadOnlyDictionary<string, long> OptimizerSteps,
        IReadOnlyDictionary<string, long> ScalarCounts,
        CheckpointOrigin? Origin,
        CheckpointHistory? History = null);
}
