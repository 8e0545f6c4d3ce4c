using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace PluginGan.Repro;

/// <summary>
/// Whether tiny seeded runs still lead to the same weights and scalars, bit for bit, as when they were recorded: the proof that a change of the code changed no
/// mathematics. Equality holds on one kind of processor only, since libtorch chooses its kernels by it.
/// </summary>
/// <param name="host">Trains.</param>
/// <param name="recipes">The folder of the product's recipes.</param>
internal sealed class EqualityStudy(HostProgram host, string recipes)
{
    private static readonly string[] Tiny =
    [
        "seed=3", "training.iterations=24", "training.logEvery=3", "training.checkpointEvery=1000", "training.snapshotEvery=0", "training.evaluateEvery=0", "evaluators=[]",
    ];

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { WriteIndented = true, ReadCommentHandling = JsonCommentHandling.Skip };

    /// <summary>Trains all runs anew.</summary>
    /// <returns>The fingerprints of each run, by its name.</returns>
    /// <exception cref="InvalidOperationException">A run failed.</exception>
    public SortedDictionary<string, Fingerprints> Train()
    {
        var described = JsonSerializer.Deserialize<Described[]>(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "equality", "runs.json")), Json)!;
        var found = new SortedDictionary<string, Fingerprints>(StringComparer.Ordinal);
        foreach (var (place, run) in described.Index())
        {
            string[] size = run.Set.Any(setting => setting.StartsWith("training.batch=", StringComparison.Ordinal)) ? [] : ["training.batch=16"];
            string[] data = File.ReadAllText(Path.Combine(recipes, $"{run.Recipe}.json")).Contains("\"fashion-dcgan.json\"", StringComparison.Ordinal) ? ["dataset.name=fashion-mnist-10k"] : [];
            string[] precision = run.Set.Any(setting => setting.StartsWith("training.precision=", StringComparison.Ordinal)) ? [] : ["training.precision=fp32"];
            var finished = host.Train($"equality-{place}", Path.Combine(recipes, $"{run.Recipe}.json"), [.. Tiny, .. size, .. data, .. precision, .. run.Set], scored: false, since: DateTimeOffset.UtcNow);
            found[run.Name] = new Fingerprints(Weights(finished), Scalars(finished));
            Console.WriteLine($"{run.Name}: {found[run.Name].Weights.Count} groups of tensors, {found[run.Name].Scalars.Count} scalars");
        }
        return found;
    }

    /// <summary>What differs from what was recorded, one line each; empty where all is equal.</summary>
    public static IEnumerable<string> Differences(IReadOnlyDictionary<string, Fingerprints> recorded, IReadOnlyDictionary<string, Fingerprints> found)
    {
        foreach (var (name, before) in recorded)
            if (!found.TryGetValue(name, out var now))
                yield return $"{name}: recorded, but not trained any more";
            else
                foreach (var difference in Differences(before.Weights, now.Weights).Concat(Differences(before.Scalars, now.Scalars)))
                    yield return $"{name}: {difference}";
        foreach (var name in found.Keys.Except(recorded.Keys))
            yield return $"{name}: not recorded";
    }

    public static SortedDictionary<string, Fingerprints> Read(string path) =>
        JsonSerializer.Deserialize<SortedDictionary<string, Fingerprints>>(File.ReadAllText(path), Json)!;

    public static void Write(string path, SortedDictionary<string, Fingerprints> found) => File.WriteAllText(path, JsonSerializer.Serialize(found, Json) + "\n");

    private static IEnumerable<string> Differences(IReadOnlyDictionary<string, string> before, IReadOnlyDictionary<string, string> now)
    {
        foreach (var (name, hash) in before)
            if (!now.TryGetValue(name, out var present))
                yield return $"{name} is gone";
            else if (present != hash)
                yield return $"{name} differs";
        foreach (var name in now.Keys.Except(before.Keys))
            yield return $"{name} is new";
    }

    // A hash for each network, optimiser, average and component, over its tensors in the order of their names.
    private static SortedDictionary<string, string> Weights(FinishedRun run)
    {
        using var file = File.OpenRead(Path.Combine(run.Path, "checkpoints", $"{run.Iteration:0000000}", "state.safetensors"));
        var tensors = ReadBytes(file);
        var groups = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var group in tensors.GroupBy(tensor => string.Join('/', tensor.Name.Split('/').Take(2))))
        {
            using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
            foreach (var (name, bytes) in group.OrderBy(tensor => tensor.Name, StringComparer.Ordinal))
            {
                hash.AppendData(Encoding.UTF8.GetBytes(name));
                hash.AppendData(bytes);
            }
            groups[group.Key] = Convert.ToHexStringLower(hash.GetHashAndReset());
        }
        return groups;
    }

    // As the format lays it down: the length of the header, the header, the tensors. Without libtorch, whose natives this program does not carry.
    private static List<(string Name, byte[] Bytes)> ReadBytes(FileStream file)
    {
        Span<byte> length = stackalloc byte[8];
        file.ReadExactly(length);
        var header = new byte[MemoryMarshal.Read<long>(length)];
        file.ReadExactly(header);
        var data = new byte[file.Length - file.Position];
        file.ReadExactly(data);
        using var json = JsonDocument.Parse(header);
        return
        [
            .. json.RootElement.EnumerateObject().Where(tensor => tensor.Name != "__metadata__").Select(tensor =>
            {
                var offsets = tensor.Value.GetProperty("data_offsets");
                return (tensor.Name, data[offsets[0].GetInt32()..offsets[1].GetInt32()]);
            }),
        ];
    }

    // A hash for each scalar, over all its values as they are written.
    private static SortedDictionary<string, string> Scalars(FinishedRun run)
    {
        var series = new SortedDictionary<string, StringBuilder>(StringComparer.Ordinal);
        foreach (var line in File.ReadLines(Path.Combine(run.Path, "events.jsonl")))
        {
            using var json = JsonDocument.Parse(line);
            if (json.RootElement.GetProperty("kind").GetString() != "scalars")
                continue;
            var iteration = json.RootElement.GetProperty("iteration").GetInt64();
            foreach (var value in json.RootElement.GetProperty("values").EnumerateObject())
            {
                if (!series.TryGetValue(value.Name, out var written))
                    series.Add(value.Name, written = new StringBuilder());
                written.Append(iteration).Append(' ').Append(value.Value.GetRawText()).Append('\n');
            }
        }
        return new(series.ToDictionary(entry => entry.Key, entry => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(entry.Value.ToString())))[..16]), StringComparer.Ordinal);
    }

    /// <summary>What a run has led to.</summary>
    /// <param name="Weights">SHA-256 by network, optimiser, average and component.</param>
    /// <param name="Scalars">The first 64 bits of the SHA-256 of a scalar's values over the run, by its name.</param>
    internal sealed record Fingerprints(IReadOnlyDictionary<string, string> Weights, IReadOnlyDictionary<string, string> Scalars);

    private sealed record Described(string Name, string Recipe, string[] Set);
}
