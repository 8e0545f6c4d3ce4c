using static TorchSharp.torch;

namespace PluginGan;

/// <summary>Turns samples into features that distances are measured in. Always used in evaluation mode and without gradients.</summary>
public abstract class FeatureExtractor : Component
{
    /// <summary>The samples that it takes; data of another shape is refused.</summary>
    public abstract SampleSpec Input { get; }

    /// <summary>D, the number of features.</summary>
    public abstract int Dimension { get; }

    /// <summary>The SHA-256 of the weights in lower-case hexadecimal: scores are comparable only where it is equal.</summary>
    public abstract string Fingerprint { get; }

    /// <summary>Extracts features. Networks it uses are in <see cref="Component.State"/>, so that the host moves them.</summary>
    /// <param name="samples">[N, ...] in the range of <see cref="Input"/>.</param>
    public abstract FeatureOutput Extract(Tensor samples);

    /// <summary>How the extractor is trained from labelled data; null where it is not.</summary>
    public virtual Fitting? Fitting => null;
}
