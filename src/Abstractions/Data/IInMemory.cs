using static TorchSharp.torch;

namespace PluginGan;

/// <summary>A <see cref="Dataset"/> that is held in memory as a whole. The host keeps these tensors on the device and gathers batches there.</summary>
public interface IInMemory
{
    /// <summary>All samples in their storage type, [Count, ...].</summary>
    Tensor Samples { get; }

    /// <summary>All conditions, first dimension Count, or null.</summary>
    Tensor? Conditions { get; }
}
