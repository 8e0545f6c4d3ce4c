using static TorchSharp.torch;

namespace PluginGan;

/// <summary>Raises the 16-bit output of mixed precision for losses and measures.</summary>
internal static class SinglePrecision
{
    /// <summary>16-bit values as float32; all others as they are.</summary>
    public static Tensor AtLeast(Tensor tensor) => tensor.dtype is ScalarType.BFloat16 or ScalarType.Float16 ? tensor.to(ScalarType.Float32) : tensor;
}
