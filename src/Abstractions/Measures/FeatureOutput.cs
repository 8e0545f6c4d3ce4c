using static TorchSharp.torch;

namespace PluginGan;

/// <summary>What a <see cref="FeatureExtractor"/> sees in a batch.</summary>
/// <param name="Features">[N, D].</param>
/// <param name="Logits">Class logits [N, K] where the extractor classifies, else null.</param>
public sealed record FeatureOutput(Tensor Features, Tensor? Logits);
