using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace PluginGan.Plugins.CtGan;

/// <summary>Latent and condition, [N, L + T], to an encoded row before its activations, [N, Width]. Each hidden layer (linear, batch norm, ReLU) stands beside its input: concatenated, not added.</summary>
internal sealed class Generator : Module<Tensor, Tensor>
{
    private readonly ModuleList<Sequential> layers = ModuleList<Sequential>();
    private readonly Linear output;

    public Generator(long inputs, IReadOnlyList<int> widths, long outputs)
        : base(nameof(Generator))
    {
        foreach (var width in widths)
        {
            layers.append(Sequential(("linear", Linear(inputs, width)), ("norm", BatchNorm1d(width)), ("activation", ReLU())));
            inputs += width;
        }
        output = Linear(inputs, outputs);
        RegisterComponents();
    }

    /// <inheritdoc/>
    public override Tensor forward(Tensor input) => output.call(layers.Aggregate(input, (values, layer) => cat([layer.call(values), values], 1)));
}
