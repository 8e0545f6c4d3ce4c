using System.Text.Json;
using TorchSharp;
using static TorchSharp.torch;

namespace PluginGan.Training;

/// <summary>
/// Features of real and of generated samples in one safetensors file, to compute scores from without the samples. Tensors are called
/// <c>real/EXTRACTOR/features</c> [N, D], <c>real/EXTRACTOR/logits</c> [N, K] where there are any, <c>real/conditions</c>, and <c>generated/...</c> alike;
/// the metadata holds <c>extractors</c>, a JSON list of name, sha256 and preparation, and <c>data</c>, what a sample is.
/// </summary>
public sealed class FeatureFile : IDisposable
{
    private const string ExtractorsKey = "extractors";
    private const string DataKey = "data";

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
    };

    private readonly IReadOnlyDictionary<string, Tensor> tensors;

    private FeatureFile(string path, DataSpec data, IReadOnlyList<ExtractorStamp> extractors, IReadOnlyDictionary<string, Tensor> tensors) =>
        (Path, Data, Extractors, this.tensors) = (path, data, extractors, tensors);

    /// <summary>The file.</summary>
    public string Path { get; }

    /// <summary>What a sample was.</summary>
    public DataSpec Data { get; }

    /// <summary>The extractors that it holds features of.</summary>
    public IReadOnlyList<ExtractorStamp> Extractors { get; }

    /// <summary>Reads a file.</summary>
    /// <exception cref="ComponentException">It is not there, damaged, or no such file; the message says which.</exception>
    public static FeatureFile Open(string path)
    {
        try
        {
            using var stream = DataFile.Open(path);
            var metadata = Safetensors.ReadMetadata(stream);
            if (!metadata.TryGetValue(ExtractorsKey, out var extractors) || !metadata.TryGetValue(DataKey, out var data))
                throw new InvalidDataException("its metadata names no extractors: it was not made by --save-features");
            stream.Position = 0;
            var file = new FeatureFile(path, Parse<DataSpec>(data), Parse<IReadOnlyList<ExtractorStamp>>(extractors), Safetensors.Read(stream));
            try
            {
                file.Check();
            }
            catch
            {
                file.Dispose();
                throw;
            }
            return file;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or InvalidDataException or JsonException)
        {
            throw new ComponentException($"the feature file '{path}' cannot be used: {error.Message}", error);
        }
    }

    /// <summary>Refuses two files whose features have nothing to do with each other.</summary>
    /// <exception cref="ComponentException">The message says what both hold.</exception>
    public static void CheckComparable(FeatureFile real, FeatureFile generated)
    {
        string Both() => $"'{real.Path}' holds {string.Join(", ", real.Extractors)}; '{generated.Path}' holds {string.Join(", ", generated.Extractors)}";
        var common = real.Extractors.Where(one => generated.Extractors.Any(other => other.Name == one.Name)).ToList();
        if (common.Count == 0)
            throw new ComponentException($"the two feature files have no extractor in common: {Both()}");
        foreach (var one in common)
        {
            var other = generated.Extractors.First(stamp => stamp.Name == one.Name);
            if (one != other)
                throw new ComponentException($"the features of '{one.Name}' cannot be compared, since its weights or its preparation differ: {Both()}");
            var (width, otherWidth) = (real.Features(SampleSet.Real, one.Name).Features.shape[1], generated.Features(SampleSet.Generated, one.Name).Features.shape[1]);
            if (width != otherWidth)
                throw new ComponentException($"the features of '{one.Name}' cannot be compared: '{real.Path}' has {width} of each sample, '{generated.Path}' has {otherWidth}");
        }
    }

    /// <summary>How many samples of a set it knows.</summary>
    public long Count(SampleSet set) => Features(set, Extractors[0].Name).Features.shape[0];

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var tensor in tensors.Values)
            tensor.Dispose();
    }

    internal static void Write(string path, DataSpec data, IReadOnlyList<ExtractorStamp> extractors, EvaluationSet real, EvaluationSet generated)
    {
        if (extractors.Count == 0)
            throw new ComponentException("there are no features to save: no evaluator has used a feature extractor");
        var tensors = new Dictionary<string, Tensor>(StringComparer.Ordinal);
        foreach (var (set, samples) in new[] { (SampleSet.Real, real), (SampleSet.Generated, generated) })
        {
            if (samples.Conditions is { } conditions)
                tensors.Add(ConditionsName(set), conditions);
            foreach (var extractor in extractors)
            {
                var (features, logits) = samples.Features(extractor.Name);
                tensors.Add(FeaturesName(set, extractor.Name), features);
                if (logits is not null)
                    tensors.Add(LogitsName(set, extractor.Name), logits);
            }
        }
        var metadata = new Dictionary<string, string>
        {
            [ExtractorsKey] = JsonSerializer.Serialize(extractors, JsonSerializerOptions.Web),
            [DataKey] = JsonSerializer.Serialize(data, JsonSerializerOptions.Web),
        };
        AtomicFile.Write(path, stream => Safetensors.Write(stream, tensors, metadata));
    }

    internal Tensor? Conditions(SampleSet set) => tensors.GetValueOrDefault(ConditionsName(set));

    internal FeatureOutput Features(SampleSet set, string extractor) => tensors.TryGetValue(FeaturesName(set, extractor), out var features)
        ? new FeatureOutput(features, tensors.GetValueOrDefault(LogitsName(set, extractor)))
        : throw new ComponentException($"'{Path}' holds no features of {(set == SampleSet.Real ? "real" : "generated")} samples under '{extractor}', but of {string.Join(", ", Extractors)}");

    private static T Parse<T>(string json)
        where T : class => JsonFile.Parse<T>(json, Json);

    private static string Prefix(SampleSet set) => set == SampleSet.Real ? "real" : "generated";

    private static string FeaturesName(SampleSet set, string extractor) => $"{Prefix(set)}/{extractor}/features";

    private static string LogitsName(SampleSet set, string extractor) => $"{Prefix(set)}/{extractor}/logits";

    private static string ConditionsName(SampleSet set) => $"{Prefix(set)}/conditions";

    private void Check()
    {
        if (Extractors.Count == 0)
            throw new InvalidDataException("it names no extractor");
        foreach (var (name, tensor) in tensors)
        {
            using var scope = NewDisposeScope();
            if (name.EndsWith("/features", StringComparison.Ordinal) && tensor.dim() != 2)
                throw new InvalidDataException($"'{name}' has the shape [{string.Join(", ", tensor.shape)}] instead of [samples, features]");
            if (tensor.is_floating_point() && !tensor.isfinite().all().item<bool>())
                throw new InvalidDataException($"'{name}' holds NaN or infinity");
            if (tensor.shape[0] != Count(name.StartsWith("real/", StringComparison.Ordinal) ? SampleSet.Real : SampleSet.Generated))
                throw new InvalidDataException($"'{name}' is of {tensor.shape[0]} samples, other tensors of its set are not");
        }
    }
}
