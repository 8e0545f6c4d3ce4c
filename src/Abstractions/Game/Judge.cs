using static TorchSharp.torch;

namespace PluginGan;

/// <summary>A discriminator as a function: <see cref="GanModel.Discriminate"/>, or another that a game has.</summary>
/// <param name="input">[N, ...]: augmented, and packed where the run packs.</param>
/// <param name="condition">What the samples are judged under, first dimension the number of samples before packing; null for nothing.</param>
public delegate DiscriminatorOutput Judge(Tensor input, Tensor? condition);

/// <summary>Samples, and what they are judged under. Samples that mixed precision has left in 16 bits are raised to float32, so that real and generated ones can be compared.</summary>
/// <param name="Samples">[N, ...] in the range of the sample spec.</param>
/// <param name="Condition">Their condition, first dimension N: classes, or what else the discriminator is shown beside a sample; null for nothing.</param>
public sealed record Candidates(Tensor Samples, Tensor? Condition = null)
{
    /// <summary>[N, ...] in the range of the sample spec.</summary>
    public Tensor Samples { get; init; } = SinglePrecision.AtLeast(Samples);
}
