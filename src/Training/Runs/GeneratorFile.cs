using System.Globalization;
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

    /// <summary>
    /// Loads the weights into a model of the same architecture and options. Files of earlier versions do not hold their own hash and are
    /// loaded without that check.
    /// </summary>
    /// <returns>The iterations that they were trained for, and the file's SHA-256.</returns>
    /// <exception cref="DamagedWeightsException">The file is damaged, or holds values that are not finite.</exception>
    /// <exception cref="IOException">The file is missing or does not fit.</exception>
    public static LoadedGenerator Load(string path, GanModel model)
    {
        if (!Path.Exists(path))
            throw new IOException($"'{path}' is missing: the run has not reached its first checkpoint");
        var (loaded, tensors) = Read(path);
        try
        {
            foreach (var (role, module) in Modules(model))
                Safetensors.Load(module, tensors.Where(entry => entry.Key.StartsWith($"{role}.", StringComparison.Ordinal))
                    .ToDictionary(entry => entry.Key[(role.Length + 1)..], entry => entry.Value));
            return loaded;
        }
        catch (InvalidDataException misfit)
        {
            throw new IOException($"'{path}' cannot be loaded: {misfit.Message}", misfit);
        }
        finally
        {
            Release(tensors);
        }
    }

    /// <summary>Whether there is such a file and it is what was written, as far as it tells.</summary>
    internal static bool IsWhole(string path)
    {
        if (!File.Exists(path))
            return false;
        try
        {
            Release(Read(path).Tensors);
            return true;
        }
        catch (DamagedWeightsException)
        {
            return false;
        }
    }

    private static (LoadedGenerator Loaded, IReadOnlyDictionary<string, Tensor> Tensors) Read(string path)
    {
        try
        {
            using var stream = File.OpenRead(RegularFile.At(path));
            var sha256 = SealedTensors.Verify(stream).Sha256;
            stream.Position = 0;
            var iteration = Iteration(Safetensors.ReadMetadata(stream));
            stream.Position = 0;
            var tensors = Safetensors.Read(stream);
            if (NotFinite(tensors) is { } broken)
            {
                Release(tensors);
                throw new InvalidDataException(broken);
            }
            return (new LoadedGenerator(iteration, sha256), tensors);
        }
        catch (InvalidDataException damage)
        {
            throw new DamagedWeightsException($"'{path}' is damaged: {damage.Message}", damage);
        }
    }

    private static string? NotFinite(IReadOnlyDictionary<string, Tensor> tensors)
    {
        using var scope = NewDisposeScope();
        foreach (var (name, tensor) in tensors)
            if (tensor.is_floating_point() && tensor.isfinite().logical_not().sum().item<long>() is > 0 and var broken)
                return $"{broken} of the {tensor.NumberOfElements} values of '{name}' are not finite";
        return null;
    }

    private static void Release(IReadOnlyDictionary<string, Tensor> tensors)
    {
        foreach (var tensor in tensors.Values)
            tensor.Dispose();
    }

    private static void Write(
        Stream stream, IReadOnlyDictionary<string, Tensor> tensors, long iteration, IEnumerable<KeyValuePair<string, string>>? metadata)
    {
        var text = iteration.ToString(CultureInfo.InvariantCulture);
        SealedTensors.Write(stream, tensors, new Dictionary<string, string>(metadata ?? []) { ["format"] = "pt", [IterationKey] = text });
    }

    private static long Iteration(IReadOnlyDictionary<string, string> metadata) =>
        metadata.TryGetValue(IterationKey, out var text) && long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var iteration)
            ? iteration
            : throw new InvalidDataException("its header does not tell the iteration");

    private static IEnumerable<(string Name, nn.Module Module)> Modules(GanModel model) => model.Generates
        .Select(role => (role, model.Networks[role]))
        .Concat(model.State is { } state ? [(State, state)] : []);
}
