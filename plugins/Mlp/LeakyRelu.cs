using TorchSharp;
using static TorchSharp.torch;

namespace PluginGan.Plugins.Mlp;

/// <summary>LeakyReLU in place. Its slope is one Scalar for good, since one made in each pass may be freed by a garbage collection while the native code reads it.</summary>
internal sealed class LeakyRelu : nn.Module<Tensor, Tensor>
{
    private readonly Scalar slope;

    public LeakyRelu(double slope)
        : base(nameof(LeakyRelu)) => this.slope = slope;

    // An alias: a Sequential disposes what it has handed on, and an operation in place yields the very same object.
    public override Tensor forward(Tensor input) => input.leaky_relu_(slope).alias();
}
