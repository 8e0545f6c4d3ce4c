using System.Security.Cryptography;
using System.Text;
using TorchSharp;
using static TorchSharp.torch;

namespace PluginGan.Training;

/// <summary>
/// Features of data, kept in a folder between runs. A file is found by a hash of the very samples that the features are of and of all that made
/// them, so that it can never stand for others. What is damaged is ignored and written anew; what cannot be written costs time and nothing else.
/// </summary>
/// <param name="folder">The folder; it may not exist yet.</param>
public sealed class FeatureCache(string folder)
{
    // To be counted up whenever the same key would stand for other content.
    private const string Format = "plugingan-feature-cache-1";
    private const string FeaturesName = "features";
    private const string LogitsName = "logits";
    private const string ContentKey = "content";

    /// <summary>The name under which features are kept.</summary>
    internal static string Key(string samples, ExtractorStamp extractor, string device)
    {
        // Line by line: no part can run into the next.
        var text = string.Join('\n', Format, samples, extractor.Name, extractor.Sha256, extractor.Preparation.ReplaceLineEndings(" "), device);
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
    }

    /// <summary>The features of that key, in the caller's dispose scope; null where there are none that are whole.</summary>
    internal FeatureOutput? Read(string key, long count, long dimension)
    {
        try
        {
            using var scope = NewDisposeScope();
            using var stream = File.OpenRead(RegularFile.At(PathOf(key)));
            var metadata = Safetensors.ReadMetadata(stream);
            stream.Position = 0;
            var tensors = Safetensors.Read(stream);
            foreach (var tensor in tensors.Values)
                scope.Attach(tensor);
            var features = tensors.GetValueOrDefault(FeaturesName);
            if (features is null || !features.shape.SequenceEqual([count, dimension]) || metadata.GetValueOrDefault(ContentKey) != Content(tensors))
                return null;
            return new FeatureOutput(features.MoveToOuterDisposeScope(), tensors.GetValueOrDefault(LogitsName)?.MoveToOuterDisposeScope());
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            return null;
        }
    }

    /// <summary>Keeps features.</summary>
    internal void Write(string key, FeatureOutput features)
    {
        var tensors = new Dictionary<string, Tensor> { [FeaturesName] = features.Features };
        if (features.Logits is { } logits)
            tensors.Add(LogitsName, logits);
        try
        {
            Directory.CreateDirectory(folder);
            AtomicFile.Write(PathOf(key), stream => Safetensors.Write(stream, tensors, new Dictionary<string, string> { [ContentKey] = Content(tensors) }));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // The features are at hand all the same.
        }
    }

    private static string Content(IReadOnlyDictionary<string, Tensor> tensors)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var (name, tensor) in tensors.OrderBy(entry => entry.Key, StringComparer.Ordinal))
        {
            hash.AppendData(Encoding.UTF8.GetBytes(name));
            TensorHash.Append(hash, tensor);
        }
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private string PathOf(string key) => Path.Combine(folder, $"{key}.safetensors");
}
