using static TorchSharp.torch;

namespace PluginGan;

/// <summary>Turns samples into features that distances are measured in. Always used in evaluation mode and without gradients.</summary>
public abstract class FeatureExtractor : Component
{
    /// <summary>The samples that it takes; data of another shape is refused. One that takes any size gives that of <see cref="ComponentContext.Data"/>.</summary>
    public abstract SampleSpec Input { get; }

    /// <summary>D, the number of features.</summary>
    public abstract int Dimension { get; }

    /// <summary>What is done to samples before the network sees them: <c>bilinear 299×299, three channels</c>; empty for nothing.</summary>
    public virtual string Preparation => "";

    /// <summary>
    /// Whether the weights must be fitted before features mean anything. The host then fits them on the training data by <see cref="Fitting"/>,
    /// and keeps the state dictionary of its network between runs.
    /// </summary>
    public virtual bool NeedsFitting => false;

    /// <summary>The SHA-256 of the weights in lower-case hexadecimal: scores are comparable only where it is equal.</summary>
    public abstract string Fingerprint { get; }

    /// <summary>Extracts features. Networks it uses are in <see cref="Component.State"/>, so that the host moves them.</summary>
    /// <param name="samples">[N, ...] in the range of <see cref="Input"/>.</param>
    public abstract FeatureOutput Extract(Tensor samples);

    /// <summary>How the extractor is trained from labelled data; null where it is not.</summary>
    public virtual Fitting? Fitting => null;
}
