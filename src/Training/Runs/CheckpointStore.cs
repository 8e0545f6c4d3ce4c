using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using static TorchSharp.torch;

namespace PluginGan.Training;

/// <summary>
/// The checkpoints of a run: <c>0002000/state.safetensors</c> with the tensors, <c>state.json</c> with counters and what they were made with, and
/// <c>SHA256SUMS</c> over both, as sha256sum reads it. Written to a temporary folder, flushed and renamed, so that a checkpoint is whole or
/// not there, and no byte of it changes unnoticed.
/// </summary>
public sealed class CheckpointStore(string folder)
{
    private const int FormatVersion = 2;
    private const string TensorsName = "state.safetensors";
    private const string CountersName = "state.json";
    private const string SumsName = "SHA256SUMS";

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    /// <summary>The iterations of the checkpoints that are there, oldest first. They may be damaged.</summary>
    public IReadOnlyList<long> Iterations => Directory.Exists(folder)
        ? [.. Directory.GetDirectories(folder).Select(path => Iteration(Path.GetFileName(path))).Where(iteration => iteration >= 0).Order()]
        : [];

    /// <summary>Writes a checkpoint. When this returns, it is on the disk.</summary>
    /// <param name="state">What to keep.</param>
    /// <param name="origin">What it was made with; null leaves a resume nothing to compare.</param>
    /// <returns>Its folder.</returns>
    /// <exception cref="IOException">It could not be written; what was there before is still there.</exception>
    public string Write(TrainerState state, CheckpointOrigin? origin = null)
    {
        var final = Path.Combine(folder, Name(state.Iteration));
        DeleteUnfinished();
        var temporary = Directory.CreateDirectory(Temporary("new", state.Iteration)).FullName;
        var tensors = AtomicFile.WriteThrough(Path.Combine(temporary, TensorsName), stream => Safetensors.Write(stream, state.Tensors));
        var content = new Content(FormatVersion, state.Iteration, state.Consumed, state.OptimizerSteps, state.ScalarCounts, origin);
        var counters = AtomicFile.WriteThrough(Path.Combine(temporary, CountersName), stream => JsonSerializer.Serialize(stream, content, Json));
        AtomicFile.WriteThrough(Path.Combine(temporary, SumsName), stream => stream.Write(Encoding.ASCII.GetBytes(Sums(counters, tensors))));
        FolderEntries.Flush(temporary);
        // One of a future that a resume has discarded, or a damaged one.
        if (Directory.Exists(final))
            Directory.Move(final, Temporary("old", state.Iteration));
        Directory.Move(temporary, final);
        FolderEntries.Flush(folder);
        DeleteUnfinished();
        return final;
    }

    /// <summary>Deletes all checkpoints but these.</summary>
    /// <exception cref="IOException">One could not be deleted.</exception>
    public void Keep(IReadOnlyCollection<long> iterations)
    {
        foreach (var iteration in Iterations.Except(iterations))
            Directory.Delete(Path.Combine(folder, Name(iteration)), recursive: true);
    }

    /// <summary>Reads the newest checkpoint that is whole. The caller disposes it.</summary>
    /// <param name="damaged">Told of each newer one that is not, with the reason.</param>
    /// <returns>Null where there is none.</returns>
    public Checkpoint? ReadLatest(Action<string> damaged)
    {
        var oldest = Iterations.Count > 0 ? Iterations[0] : 0;
        foreach (var iteration in Iterations.Reverse())
        {
            try
            {
                return Read(iteration);
            }
            catch (Exception error) when (error is IOException or InvalidDataException or JsonException or UnauthorizedAccessException)
            {
                damaged($"checkpoint {Name(iteration)} is damaged ({error.Message}){(iteration == oldest ? "" : "; using the one before it")}");
            }
        }
        return null;
    }

    private Checkpoint Read(long iteration)
    {
        var path = Path.Combine(folder, Name(iteration));
        var (tensorsPath, countersPath) = (Path.Combine(path, TensorsName), Path.Combine(path, CountersName));
        // Compared as a whole: a change of the sums themselves is as much a damage as one of what they are over.
        if (File.ReadAllText(Path.Combine(path, SumsName), Encoding.Latin1) != Sums(Hash(countersPath), Hash(tensorsPath)))
            throw new InvalidDataException($"{SumsName} does not hold the SHA-256 of {CountersName} and {TensorsName}");
        var content = JsonSerializer.Deserialize<Content>(File.ReadAllText(countersPath), Json) ?? throw new InvalidDataException($"{CountersName} is empty");
        if (content.Version != FormatVersion)
            throw new InvalidDataException($"it has format {content.Version}, this version reads format {FormatVersion}");
        if (content.Iteration != iteration)
            throw new InvalidDataException($"it is of iteration {content.Iteration}: the folder has been renamed");
        using var stream = File.OpenRead(tensorsPath);
        IReadOnlyDictionary<string, Tensor> tensors = Safetensors.Read(stream);
        return new Checkpoint(new TrainerState(tensors, content.Iteration, content.Consumed, content.OptimizerSteps, content.ScalarCounts), content.Origin);
    }

    private void DeleteUnfinished()
    {
        foreach (var leftover in Directory.Exists(folder) ? Directory.GetDirectories(folder, $".*{AtomicFile.Unfinished}") : [])
            Directory.Delete(leftover, recursive: true);
    }

    private string Temporary(string what, long iteration) => Path.Combine(folder, $".{Name(iteration)}.{what}{AtomicFile.Unfinished}");

    private static string Sums(string counters, string tensors) => $"{counters}  {CountersName}\n{tensors}  {TensorsName}\n";

    private static string Hash(string path)
    {
        using var stream = File.OpenRead(path);
        return Convert.ToHexStringLower(SHA256.HashData(stream));
    }

    private static string Name(long iteration) => iteration.ToString("D7", CultureInfo.InvariantCulture);

    private static long Iteration(string name) => long.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out var iteration) ? iteration : -1;

    private sealed record Content(
        int Version,
        long Iteration,
        long Consumed,
        IReadOnlyDictionary<string, long> OptimizerSteps,
        IReadOnlyDictionary<string, long> ScalarCounts,
        CheckpointOrigin? Origin);
}
