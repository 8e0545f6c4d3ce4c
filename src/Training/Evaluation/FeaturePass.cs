using TorchSharp;
using static TorchSharp.torch;

namespace PluginGan.Training;

/// <summary>Opens feature extractors by name and extracts features in chunks, or finds them in the cache.</summary>
/// <param name="open">Opens an extractor; called once for each name.</param>
/// <param name="data">The data that extractors must take.</param>
/// <param name="device">Where to compute.</param>
/// <param name="cache">Features of earlier passes, or null.</param>
internal sealed class FeaturePass(Func<string, FeatureExtractor> open, DataSpec data, Device device, FeatureCache? cache)
{
    private readonly Dictionary<string, FeatureExtractor> opened = new(StringComparer.Ordinal);

    /// <summary>The extractors that were used so far.</summary>
    public IReadOnlyList<ExtractorStamp> Extractors => [.. opened.Select(entry => ExtractorStamp.Of(entry.Key, entry.Value))];

    /// <summary>The features of a set, in the caller's dispose scope.</summary>
    public FeatureOutput Of(EvaluationSet set, string name, bool cached)
    {
        var extractor = Open(name);
        if (!cached || cache is null)
            return Extract(set, name, extractor);
        var key = FeatureCache.Key(set.Digest(), ExtractorStamp.Of(name, extractor), $"{device.type}");
        if (cache.Read(key, set.Count, extractor.Dimension) is { } known)
            return known;
        var features = Extract(set, name, extractor);
        cache.Write(key, features);
        return features;
    }

    /// <summary>Warns of fitted extractors, used so far, that know the classes of these labelled samples no better than by chance.</summary>
    public IEnumerable<string> AtChance(EvaluationSet set)
    {
        if (set.Conditions is not { } labels || data.Condition is not ClassCondition classes)
            yield break;
        foreach (var (name, extractor) in opened.Where(entry => entry.Value.NeedsFitting))
        {
            if (set.KnownFeatures.TryGetValue(name, out var features)
                && Check(features.Logits, extractor.Fitting?.Hits, labels, classes) is { IsAtChance: true } check)
            {
                yield return $"the feature extractor '{name}' has not learnt the classes: {check}, so scores under it say little; "
                    + "check the labels, raise its 'epochs' under evaluation.extractors, or choose an extractor that needs no fitting, such as random-projection";
            }
        }
    }

    /// <summary>The extractor of that name.</summary>
    /// <exception cref="ComponentException">There is none, or it does not take these samples.</exception>
    public FeatureExtractor Open(string name)
    {
        if (opened.TryGetValue(name, out var known))
            return known;
        var extractor = open(name);
        if (extractor.Input.Kind != data.Sample.Kind || !extractor.Input.Shape.SequenceEqual(data.Sample.Shape))
            throw new ComponentException($"the feature extractor '{name}' takes {extractor.Input}, but the data is {data.Sample}; choose another extractor in the evaluator's options");
        extractor.State?.to(device);
        extractor.State?.eval();
        return opened[name] = extractor;
    }

    // Null where the logits are of other classes, or there are none.
    private static ClassifierCheck? Check(Tensor? logits, Func<Tensor, Tensor, Tensor>? hits, Tensor labels, ClassCondition classes)
    {
        using var scope = NewDisposeScope();
        if (logits is null || labels.shape[0] < 2 || (hits is null && logits.shape[1] != classes.Count))
            return null;
        return ClassifierCheck.Of(labels, wanted => hits is null ? logits.argmax(1).eq(wanted) : hits(logits, wanted));
    }

    private FeatureOutput Extract(EvaluationSet set, string name, FeatureExtractor extractor)
    {
        using var scope = NewDisposeScope();
        var chunks = new List<FeatureOutput>();
        set.Each(samples =>
        {
            var output = extractor.Extract(samples.to(device));
            if (output.Features.dim() != 2 || output.Features.shape[0] != samples.shape[0] || output.Features.shape[1] != extractor.Dimension)
                throw new ComponentException($"the feature extractor '{name}' gave features of shape [{string.Join(", ", output.Features.shape)}] where it promised [{samples.shape[0]}, {extractor.Dimension}]");
            chunks.Add(new FeatureOutput(output.Features.cpu().MoveToOuterDisposeScope(), output.Logits?.cpu().MoveToOuterDisposeScope()));
        });
        return new FeatureOutput(
            cat([.. chunks.Select(chunk => chunk.Features)]).MoveToOuterDisposeScope(),
            chunks[0].Logits is null ? null : cat([.. chunks.Select(chunk => chunk.Logits!)]).MoveToOuterDisposeScope());
    }
}
