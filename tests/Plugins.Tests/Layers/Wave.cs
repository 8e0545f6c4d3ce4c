using static TorchSharp.torch;

namespace PluginGan.Plugins.Tests.Layers;

/// <summary>Numbers that a script can make as well.</summary>
internal static class Wave
{
    /// <summary>sin(step), sin(2·step), ... in float64 and this shape.</summary>
    public static Tensor Of(double step, params long[] shape) => arange(1, shape.Aggregate(1L, (product, size) => product * size) + 1, float64).mul(step).sin().reshape(shape);
}
