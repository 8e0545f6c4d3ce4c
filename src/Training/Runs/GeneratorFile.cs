using System.Globalization;
using System.Security.Cryptography;
using static TorchSharp.torch;

namespace PluginGan.Training;

/// <summary><c>generator.safetensors</c>: the parameters and buffers of the generating networks as <c>role.name</c>, and the model's own state as <c>state.name</c>.</summary>
public static class GeneratorFile
{
    private const string State = "state";
    private const string IterationKey = "iteration";

    /// <summary>Writes weights.</summary>
    /// <param name="path">The file.</param>
    /// <param name="tensors">What <see cref="Tensors"/> gave, or copies of it.</param>
    /// <param name="iteration">The iterations that they were trained for.</param>
    /// <param name="metadata">More for the header's metadata.</param>
    public static void Write(string path, IReadOnlyDictionary<string, Tensor> tensors, long iteration, IEnumerable<KeyValuePair<string, string>>? metadata = null) =>
        AtomicFile.Write(path, stream => Write(stream, tensors, iteration, metadata));

    /// <summary>The SHA-256, in hexadecimal, that the file of a run has once these weights are written to it: images name the model by it.</summary>
    /// <param name="tensors">What <see cref="Tensors"/> gave.</param>
    /// <param name="iteration">The iterations that they were trained for.</param>
    public static string Sha256(IReadOnlyDictionary<string, Tensor> tensors, long iteration)
    {
        using var hashing = new HashingStream(Stream.Null);
        Write(hashing, tensors, iteration, null);
        return hashing.Sha256();
    }

    /// <summary>The weights and states of the generating networks by their names in the file: the live tensors.</summary>
    public static IReadOnlyDictionary<string, Tensor> Tensors(GanModel model) => Modules(model)
        .SelectMany(part => part.Module.state_dict(), (part, entry) => ($"{part.Name}.{entry.Key}", entry.Value))
        .ToDictionary(pair => pair.Item1, pair => pair.Value, StringComparer.Ordinal);

    /// <summary>Loads the weights into a model of the same architecture and options.</summary>
    /// <returns>The iterations that they were trained for, and the file's SHA-256.</returns>
    /// <exception cref="IOException">The file is missing, damaged or does not fit.</exception>
    public static LoadedGenerator Load(string path, GanModel model)
    {
        if (!File.Exists(path))
            throw new IOException($"'{path}' is missing: the run has not reached its first checkpoint");
        try
        {
            using var stream = File.OpenRead(path);
            var sha256 = Convert.ToHexStringLower(SHA256.HashData(stream));
            stream.Position = 0;
            var iteration = Iteration(Safetensors.ReadMetadata(stream));
            stream.Position = 0;
            var tensors = Safetensors.Read(stream);
            foreach (var (role, module) in Modules(model))
                Safetensors.Load(module, tensors.Where(entry => entry.Key.StartsWith($"{role}.", StringComparison.Ordinal))
                    .ToDictionary(entry => entry.Key[(role.Length + 1)..], entry => entry.Value));
            foreach (var tensor in tensors.Values)
                tensor.Dispose();
            return new LoadedGenerator(iteration, sha256);
        }
        catch (InvalidDataException error)
        {
            throw new IOException($"'{path}' cannot be loaded: {error.Message}", error);
        }
    }

    private static void Write(Stream stream, IReadOnlyDictionary<string, Tensor> tensors, long iteration, IEnumerable<KeyValuePair<string, string>>? metadata) => Safetensors.Write(
        stream, tensors, new Dictionary<string, string>(metadata ?? []) { ["format"] = "pt", [IterationKey] = iteration.ToString(CultureInfo.InvariantCulture) });

    private static long Iteration(IReadOnlyDictionary<string, string> metadata) =>
        metadata.TryGetValue(IterationKey, out var text) && long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var iteration)
            ? iteration
            : throw new InvalidDataException("its header does not tell the iteration");

    private static IEnumerable<(string Name, nn.Module Module)> Modules(GanModel model) => model.Generates
        .Select(role => (role, model.Networks[role]))
        .Concat(model.State is { } state ? [(State, state)] : []);
}
