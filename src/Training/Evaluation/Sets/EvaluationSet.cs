using System.Security.Cryptography;
using System.Text;
using TorchSharp;
using static TorchSharp.torch;

namespace PluginGan.Training;

/// <summary>One side of a comparison: samples, or what is known of them. Features are extracted once; tensors belong to the set and lie on the CPU.</summary>
internal abstract class EvaluationSet : IDisposable
{
    private readonly Dictionary<string, FeatureOutput> features = new(StringComparer.Ordinal);
    private string? digest;

    public abstract long Count { get; }

    public abstract Tensor? Conditions { get; }

    /// <summary>The features that have been asked for so far.</summary>
    public IReadOnlyDictionary<string, FeatureOutput> KnownFeatures => features;

    public abstract Tensor Samples();

    public abstract Tensor Samples(IReadOnlyList<long> rows);

    /// <summary>Visits the samples in their order, some at a time, within a dispose scope.</summary>
    public abstract void Each(Action<Tensor> visit);

    public FeatureOutput Features(string extractor)
    {
        if (features.TryGetValue(extractor, out var known))
            return known;
        // Out of whatever scope the evaluator has open: the next one is given the same tensors.
        known = Extract(extractor);
        known.Features.DetachFromDisposeScope();
        known.Logits?.DetachFromDisposeScope();
        return features[extractor] = known;
    }

    /// <summary>The SHA-256 of all samples, with their shape.</summary>
    public string Digest()
    {
        if (digest is not null)
            return digest;
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        string form = "";
        Each(samples =>
        {
            form = $"{samples.dtype} {string.Join('×', samples.shape.Skip(1))}";
            TensorHash.Append(hash, samples);
        });
        hash.AppendData(Encoding.UTF8.GetBytes($"{Count} of {form}"));
        return digest = Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    public virtual void Dispose()
    {
        foreach (var (seen, logits) in features.Values)
        {
            seen.Dispose();
            logits?.Dispose();
        }
        features.Clear();
    }

    /// <summary>How many samples are in memory at a time, by the numbers that one has.</summary>
    protected static long ChunkOf(long numbers) => SampleSize.Few(numbers, 1, 500);

    /// <summary>The features of all samples, in whatever dispose scope there is.</summary>
    protected abstract FeatureOutput Extract(string extractor);
}
