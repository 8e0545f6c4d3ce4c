using TorchSharp;
using static TorchSharp.torch;

namespace PluginGan.Layers;

/// <summary>
/// LeakyReLU in place, with its slope as one Scalar for good. TorchSharp's own module makes a Scalar in each pass, which a garbage
/// collection at the wrong moment frees while the native code reads it.
/// </summary>
public sealed class LeakyRelu : nn.Module<Tensor, Tensor>
{
    private readonly Scalar slope;

    /// <param name="slope">What negative values are multiplied by.</param>
    public LeakyRelu(double slope)
        : base(nameof(LeakyRelu)) => this.slope = slope;

    /// <summary>[N, ...] to the same shape. The input is overwritten.</summary>
    // An alias, as TorchSharp's module returns: a Sequential disposes what it has handed on, and an operation in place yields the very same object.
    public override Tensor forward(Tensor input) => input.leaky_relu_(slope).alias();
}
