using static TorchSharp.torch;

namespace PluginGan.Training.Tests;

/// <summary>An extractor that doubles its samples, and counts how often and on how many it is called.</summary>
internal sealed class Doubled(SampleSpec? input = null, string fingerprint = "none", string preparation = "") : FeatureExtractor
{
    public const string Name = "doubled";

    public int Calls { get; private set; }

    public long Largest { get; private set; }

    public override SampleSpec Input => input ?? new VectorSpec(2);

    public override int Dimension => (int)Input.Shape[0];

    public override string Fingerprint => fingerprint;

    public override string Preparation => preparation;

    public override FeatureOutput Extract(Tensor samples)
    {
        Calls++;
        Largest = Math.Max(Largest, samples.shape[0]);
        return new FeatureOutput(samples * 2, null);
    }
}
