using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using static TorchSharp.torch;

namespace PluginGan.Training;

/// <summary>
/// The checkpoints of a run: <c>0002000/state.safetensors</c> with the tensors, <c>state.json</c> with counters and the SHA-256 of
/// the former. Written to a temporary folder, flushed and renamed, so that a checkpoint is whole or not there.
/// </summary>
public sealed class CheckpointStore(string folder)
{
    private const int FormatVersion = 1;
    private const string TensorsName = "state.safetensors";
    private const string CountersName = "state.json";

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    /// <summary>The iterations of the checkpoints that are there, oldest first. They may be damaged.</summary>
    public IReadOnlyList<long> Iterations => Directory.Exists(folder)
        ? [.. Directory.GetDirectories(folder).Select(path => Iteration(Path.GetFileName(path))).Where(iteration => iteration >= 0).Order()]
        : [];

    /// <summary>Writes a checkpoint and deletes the oldest beyond those to keep.</summary>
    /// <returns>Its folder.</returns>
    public string Write(TrainerState state, int keep)
    {
        var final = Path.Combine(folder, Name(state.Iteration));
        var temporary = Path.Combine(folder, $".{Name(state.Iteration)}.{Environment.ProcessId}.tmp");
        foreach (var leftover in Directory.Exists(folder) ? Directory.GetDirectories(folder, ".*.tmp") : [])
            Directory.Delete(leftover, recursive: true);
        Directory.CreateDirectory(temporary);
        var tensors = Path.Combine(temporary, TensorsName);
        AtomicFile.WriteThrough(tensors, stream => Safetensors.Write(stream, state.Tensors));
        var counters = new Counters(FormatVersion, state.Iteration, state.Consumed, state.OptimizerSteps, state.ScalarCounts, Hash(tensors));
        AtomicFile.WriteThrough(Path.Combine(temporary, CountersName), stream => JsonSerializer.Serialize(stream, counters, Json));
        if (Directory.Exists(final))
            Directory.Delete(final, recursive: true);
        Directory.Move(temporary, final);
        // What lies beyond is a future that a resume has discarded; it must not push out what counts.
        foreach (var old in Iterations.Where(iteration => iteration > state.Iteration).Concat(Iterations.Where(iteration => iteration <= state.Iteration).SkipLast(keep)))
            Directory.Delete(Path.Combine(folder, Name(old)), recursive: true);
        return final;
    }

    /// <summary>Reads the newest checkpoint that is whole. The caller disposes the tensors.</summary>
    /// <param name="damaged">Told of each newer one that is not, with the reason.</param>
    /// <returns>Null where there is none.</returns>
    public TrainerState? ReadLatest(Action<string> damaged)
    {
        var oldest = Iterations.Count > 0 ? Iterations[0] : 0;
        foreach (var iteration in Iterations.Reverse())
        {
            try
            {
                return Read(Path.Combine(folder, Name(iteration)));
            }
            catch (Exception error) when (error is IOException or InvalidDataException or JsonException)
            {
                damaged($"checkpoint {Name(iteration)} is damaged ({error.Message}){(iteration == oldest ? "" : "; using the one before it")}");
            }
        }
        return null;
    }

    private static TrainerState Read(string path)
    {
        var tensorsPath = Path.Combine(path, TensorsName);
        var counters = JsonSerializer.Deserialize<Counters>(File.ReadAllText(Path.Combine(path, CountersName)), Json)
            ?? throw new InvalidDataException($"{CountersName} is empty");
        if (counters.Version != FormatVersion)
            throw new InvalidDataException($"it has format {counters.Version}, this version reads format {FormatVersion}");
        if (Hash(tensorsPath) != counters.Sha256)
            throw new InvalidDataException($"the SHA-256 of {TensorsName} is not the one in {CountersName}");
        using var stream = File.OpenRead(tensorsPath);
        IReadOnlyDictionary<string, Tensor> tensors = Safetensors.Read(stream);
        return new TrainerState(tensors, counters.Iteration, counters.Consumed, counters.OptimizerSteps, counters.ScalarCounts);
    }

    private static string Hash(string path)
    {
        using var stream = File.OpenRead(path);
        return Convert.ToHexStringLower(SHA256.HashData(stream));
    }

    private static string Name(long iteration) => iteration.ToString("D7", CultureInfo.InvariantCulture);

    private static long Iteration(string name) => long.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out var iteration) ? iteration : -1;

    private sealed record Counters(
        int Version,
        long Iteration,
        long Consumed,
        IReadOnlyDictionary<string, long> OptimizerSteps,
        IReadOnlyDictionary<string, long> ScalarCounts,
        string Sha256);
}
