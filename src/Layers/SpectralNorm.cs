using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace PluginGan.Layers;

/// <summary>
/// Spectral normalisation (Miyato et al., arXiv:1802.05957): a linear layer whose weight is divided by σ, the largest singular value of the
/// matrix [O, rest] that the weight [O, ...] is. σ comes from power iteration, one step with each call in training mode, none in
/// evaluation mode; the step carries no gradient, σ = uᵀWv does. The left singular vector u [O] is a buffer, so that it is checkpointed.
/// </summary>
public sealed class SpectralNorm : Module<Tensor, Tensor>
{
    private readonly Module<Tensor, Tensor> layer;
    private readonly Tensor u;

    /// <param name="layer">A linear function of its input, with a parameter <c>weight</c>, with or without a bias.</param>
    public SpectralNorm(Module<Tensor, Tensor> layer)
        : base(nameof(SpectralNorm))
    {
        this.layer = layer;
        using var direction = randn(Weight.shape[0]);
        u = functional.normalize(direction, dim: 0).DetachFromDisposeScope();
        RegisterComponents();
    }

    // Asked for each time: a field would be registered, and saved, once more.
    private Parameter Weight => layer.get_parameter("weight")!;

    /// <summary>The layer with its weight divided by σ. Dividing the input instead is the same, and leaves the bias alone.</summary>
    public override Tensor forward(Tensor input) => layer.call(input / Sigma());

    /// <summary>σ as it is known so far, a scalar; in training mode after one more step.</summary>
    public Tensor Sigma()
    {
        var matrix = Weight.flatten(1);
        Tensor left, right;
        using (no_grad())
        {
            right = functional.normalize(matrix.t().mv(u), dim: 0);
            if (training)
                u.copy_(functional.normalize(matrix.mv(right), dim: 0));
            // A copy: the next call changes u in place, and backward still needs it as it is now.
            left = u.clone();
        }
        return left.dot(matrix.mv(right));
    }
}
