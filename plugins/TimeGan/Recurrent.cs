using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace PluginGan.Plugins.TimeGan;

/// <summary>Gated recurrent layers and a linear one for each step: [N, T, inputs] to [N, T, outputs], in (0, 1) where <c>bounded</c>.</summary>
internal sealed class Recurrent : Module<Tensor, Tensor>
{
    private readonly GRU layers;
    private readonly Linear output;
    private readonly bool bounded;

    public Recurrent(int inputs, int width, int layers, int outputs, bool bounded = true)
        : base(nameof(Recurrent))
    {
        this.layers = GRU(inputs, width, layers, batchFirst: true);
        output = Linear(width, outputs);
        this.bounded = bounded;
        RegisterComponents();
    }

    /// <inheritdoc/>
    public override Tensor forward(Tensor steps)
    {
        var values = output.call(layers.call(steps, null).Item1);
        return bounded ? values.sigmoid() : values;
    }
}
