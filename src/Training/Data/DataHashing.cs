using System.Security.Cryptography;
using System.Text;
using PluginGan.Core;
using static TorchSharp.torch;

namespace PluginGan.Training;

/// <summary>
/// Takes the fingerprint of a dataset: over the content of the files that it names or, without any, over its samples where they are in
/// memory.
/// </summary>
/// <param name="folder">Where the hashes of files are remembered between starts; it may not exist yet.</param>
/// <param name="progress">Told how many files are hashed.</param>
public sealed class DataHashing(string folder, IProgress<ComponentProgress>? progress = null)
{
    // Of larger data in memory, rows that are spread evenly over it: its files, where it names them, are hashed as a whole.
    private const long MostBytes = 256L << 20;

    /// <summary>Hashes the data of a dataset.</summary>
    /// <param name="dataset">The dataset.</param>
    /// <param name="cancellation">Ends the hashing.</param>
    public DataContent Of(Dataset dataset, CancellationToken cancellation)
    {
        var files = new List<FileFingerprint>();
        foreach (var (place, source) in dataset.Sources.Index())
        {
            var prefix = dataset.Sources.Count > 1 ? $"{place + 1}:" : "";
            var hashed = new SourceHashes(folder, source, progress).Read(cancellation);
            files.AddRange(hashed.Select(file => new FileFingerprint(prefix + CanonicalText.Compose(file.Name), file.Length, file.Sha256)));
        }
        var sha256 = files.Count > 0 ? Digest(files) : dataset is IInMemory memory ? Of(memory) : null;
        IReadOnlyList<string> paths = [.. dataset.Sources.Select(source => source.Path).Distinct()];
        return new DataContent(new DataFingerprint(dataset.Count, files.Count, files.Sum(file => file.Length), sha256, paths), files);
    }

    /// <summary>The hash over a list of files, in whatever order they are listed.</summary>
    internal static string Digest(IEnumerable<FileFingerprint> files)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var file in files.OrderBy(file => file.Name, StringComparer.Ordinal))
            hash.AppendData(Encoding.UTF8.GetBytes($"{file.Name}\0{file.Length}\0{file.Sha256}\0"));
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private static string Of(IInMemory memory)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var tensor in new[] { memory.Samples, memory.Conditions }.OfType<Tensor>())
        {
            using var scope = NewDisposeScope();
            var (count, bytes) = (tensor.shape[0], tensor.NumberOfElements * tensor.ElementSize);
            var step = Math.Max(1, (bytes + MostBytes - 1) / MostBytes);
            TensorHash.Append(hash, tensor.slice(0, 0, count, step));
        }
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
