using static TorchSharp.torch;

namespace PluginGan.Plugins.Mlp;

/// <summary>
/// Sines and cosines of the samples beside them, so that a network sees detail that it would be slow to learn from coordinates (Tancik et al., arXiv:2006.10739): each sample x
/// of D values becomes (x, sin Wx, cos Wx). The F rows of W have random directions, and lengths that go in equal ratios from the lowest frequency to the highest.
/// </summary>
internal sealed class FourierFeatures : nn.Module<Tensor, Tensor>
{
    private readonly int size;
    private readonly Tensor waves;

    /// <param name="size">D.</param>
    /// <param name="count">F.</param>
    /// <param name="lowest">The lowest frequency, in radians by unit of the samples.</param>
    /// <param name="highest">The highest.</param>
    public FourierFeatures(int size, int count, double lowest, double highest)
        : base(nameof(FourierFeatures))
    {
        this.size = size;
        using var scope = NewDisposeScope();
        var directions = nn.functional.normalize(randn(size, count), dim: 0);
        waves = (directions * linspace(Math.Log(lowest), Math.Log(highest), count).exp()).DetachFromDisposeScope();
        RegisterComponents();
    }

    /// <summary>How many values each sample becomes.</summary>
    public long Outputs => size + 2 * waves.shape[1];

    /// <summary>Samples that are packed are seen one by one: [N, P·D] to [N, P·Outputs].</summary>
    public override Tensor forward(Tensor input)
    {
        var samples = input.reshape(-1, size);
        var phases = samples.matmul(waves);
        return cat([samples, phases.sin(), phases.cos()], 1).reshape(input.shape[0], -1);
    }
}
