using static TorchSharp.torch;

namespace PluginGan;

/// <summary>A supervised training that the host's trainer carries out.</summary>
/// <param name="Network">The network to train. Its state dictionary is what gets saved.</param>
/// <param name="Loss">A scalar to minimise, from a batch of scaled samples and their conditions.</param>
/// <param name="Settings">For how long and how fast.</param>
public sealed record Fitting(nn.Module Network, Func<Batch, Tensor> Loss, FitSettings Settings)
{
    /// <summary>
    /// From logits [N, K] and the samples' conditions, what was told rightly: boolean, [N], or [N, P] where each sample has several labels. Null where the greatest logit names the class. By it the host says how accurate
    /// what it fitted is.
    /// </summary>
    public Func<Tensor, Tensor, Tensor>? Hits { get; init; }
}
