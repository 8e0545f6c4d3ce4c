using PluginGan.Layers;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace PluginGan.Plugins.CtGan;

/// <summary>Encoded rows with their conditions, P of them side by side, [N, P·(Width + T)], to logits [N].</summary>
internal sealed class Critic : Module<Tensor, Tensor>
{
    private const double Slope = 0.2;

    private readonly Module<Tensor, Tensor> layers;

    public Critic(long inputs, IReadOnlyList<int> widths, double dropout)
        : base(nameof(Critic))
    {
        var stack = Sequential();
        foreach (var (width, place) in widths.Select((width, place) => (width, place)))
        {
            stack.append($"linear{place}", Linear(inputs, width));
            stack.append($"activation{place}", new LeakyRelu(Slope));
            stack.append($"dropout{place}", new SampleDropout(dropout));
            inputs = width;
        }
        stack.append("output", Linear(inputs, 1));
        layers = stack;
        RegisterComponents();
    }

    /// <inheritdoc/>
    public override Tensor forward(Tensor rows) => layers.call(rows).squeeze(1);
}
