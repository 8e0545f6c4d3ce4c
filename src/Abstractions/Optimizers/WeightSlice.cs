using static TorchSharp.torch;

namespace PluginGan;

/// <summary>Where one parameter of a network lies in the buffers of an <see cref="OptimizerStep"/>.</summary>
/// <param name="Name">The parameter's name within its network.</param>
/// <param name="Offset">Its first element.</param>
/// <param name="Shape">Its shape.</param>
/// <param name="Strides">Its strides in elements; weights of convolutions lie channels-last.</param>
public sealed record WeightSlice(string Name, long Offset, IReadOnlyList<long> Shape, IReadOnlyList<long> Strides)
{
    /// <summary>The part of a buffer that belongs to the parameter, as a view in the parameter's shape.</summary>
    /// <param name="buffer">[n].</param>
    public Tensor Of(Tensor buffer) => buffer.as_strided([.. Shape], [.. Strides], Offset);
}
