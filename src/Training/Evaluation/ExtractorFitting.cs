using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using TorchSharp;
using static TorchSharp.torch;

namespace PluginGan.Training;

/// <summary>
/// Fits feature extractors that need it (<see cref="FeatureExtractor.NeedsFitting"/>) on the training data, once for each data: the weights
/// are kept in a folder. Extractors are instruments: what they are fitted to depends on the data and not on the run that is measured.
/// </summary>
/// <param name="folder">Where weights are kept.</param>
/// <param name="training">The training data; stays the caller's.</param>
/// <param name="evaluation">Labelled data to state the accuracy on; stays the caller's.</param>
/// <param name="device">Where to compute.</param>
/// <param name="progress">Told how far it has come.</param>
/// <param name="say">Told of what was fitted and how well it classifies, in a sentence.</param>
public sealed class ExtractorFitting(string folder, Func<Dataset> training, Func<Dataset> evaluation, Device device, IProgress<ComponentProgress>? progress, Action<string> say)
{
    private const ulong Seed = 0;
    private const int Version = 1;

    // Samples that stand for the whole data in its hash.
    private const int Representatives = 1024;

    /// <summary>Gives an extractor its weights: those that were kept, or else newly fitted ones.</summary>
    /// <param name="name">Its component name.</param>
    /// <param name="extractor">The extractor, as it was made.</param>
    /// <param name="cancellation">Ends a fitting early.</param>
    /// <exception cref="ComponentException">It cannot be fitted, or not on this data.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public void Prepare(string name, FeatureExtractor extractor, CancellationToken cancellation)
    {
        if (!extractor.NeedsFitting)
            return;
        var fitting = extractor.Fitting ?? throw new ComponentException($"the feature extractor '{name}' needs to be fitted and does not say how");
        var data = training();
        var path = Path.Combine(folder, $"{name}-{Key(name, fitting, data)[..24]}.safetensors");
        if (TryLoad(path, fitting.Network))
            return;
        Fitter.Fit(fitting, data, Seed, device, (trainer, _) => progress?.Report(new ComponentProgress($"fitting {name}", trainer.Iteration, trainer.Iterations)), cancellation);
        Directory.CreateDirectory(folder);
        AtomicFile.Write(path, stream => Safetensors.Write(stream, fitting.Network.state_dict()));
        say($"fitted {name} on {data.Count} samples of the training data{Accuracy(extractor)}; kept for runs on this data");
    }

    private static bool TryLoad(string path, nn.Module network)
    {
        try
        {
            using var file = File.OpenRead(RegularFile.At(path));
            using var scope = NewDisposeScope();
            Safetensors.Load(network, Safetensors.Read(file));
            return true;
        }
        // Not there, or damaged: it is fitted anew.
        catch (Exception error) when (error is IOException or InvalidDataException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    private static string Key(string name, Fitting fitting, Dataset data)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var shapes = fitting.Network.state_dict().Select(entry => $"{entry.Key} [{string.Join(", ", entry.Value.shape)}]");
        var settings = FormattableString.Invariant($"{fitting.Settings.Epochs} {fitting.Settings.Batch} {fitting.Settings.Rate}");
        hash.AppendData(Encoding.UTF8.GetBytes($"{Version}\n{name}\n{settings}\n{string.Join('\n', shapes)}\n{JsonSerializer.Serialize(data.Spec)}\n{data.Count}\n"));
        var count = Math.Min(Representatives, data.Count);
        foreach (var rows in Enumerable.Range(0, (int)count).Select(index => index * data.Count / count).Chunk(128))
        {
            using var scope = NewDisposeScope();
            using var batch = data.Read(rows, Seed);
            TensorHash.Append(hash, batch.Samples);
            if (batch.Condition is { } condition)
                TensorHash.Append(hash, condition);
        }
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private string Accuracy(FeatureExtractor extractor)
    {
        var data = evaluation();
        return Fitter.Accuracy(extractor, data, device) is { } share ? FormattableString.Invariant($", accuracy {share:P1} on {data.Count} evaluation samples") : "";
    }
}
