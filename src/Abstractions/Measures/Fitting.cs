using static TorchSharp.torch;

namespace PluginGan;

/// <summary>A supervised training that the host's trainer carries out.</summary>
/// <param name="Network">The network to train. Its state dictionary is what gets saved.</param>
/// <param name="Loss">A scalar to minimise, from a batch of scaled samples and their conditions.</param>
/// <param name="Settings">For how long and how fast.</param>
public sealed record Fitting(nn.Module Network, Func<Batch, Tensor> Loss, FitSettings Settings);
