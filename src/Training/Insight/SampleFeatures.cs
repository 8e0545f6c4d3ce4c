using TorchSharp;
using static TorchSharp.torch;

namespace PluginGan.Training;

/// <summary>The space in which samples are near or far: the features of an extractor, or the values of the samples themselves.</summary>
public sealed class SampleFeatures
{
    private readonly FeatureExtractor? extractor;
    private readonly Device device;

    private SampleFeatures(string description, FeatureExtractor? extractor, Device device) => (Description, this.extractor, this.device) = (description, extractor, device);

    /// <summary>What a distance is, in words.</summary>
    public string Description { get; }

    /// <summary>The features of an extractor, which stays the caller's.</summary>
    /// <param name="name">Its component name.</param>
    /// <param name="extractor">The extractor.</param>
    /// <param name="device">Where to compute.</param>
    public static SampleFeatures Of(string name, FeatureExtractor extractor, Device device)
    {
        extractor.State?.to(device);
        extractor.State?.eval();
        return new SampleFeatures($"Euclidean in the features of {name}", extractor, device);
    }

    /// <summary>The values of samples; the distance is the root mean square of their differences.</summary>
    public static SampleFeatures Values(Device device) => new("the root mean square difference of the values of two samples", null, device);

    /// <summary>Features of samples, [N, F] on the device.</summary>
    public Tensor Extract(Tensor samples)
    {
        using var quiet = no_grad();
        var moved = samples.to(device);
        if (extractor is not null)
            return extractor.Extract(moved).Features;
        var flat = moved.flatten(1);
        return flat.div(full([], Math.Sqrt(flat.shape[1]), ScalarType.Float32, device));
    }
}
