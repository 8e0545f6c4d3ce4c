using static TorchSharp.torch;

namespace PluginGan.Plugins.Mlp;

/// <summary>
/// The second half of a maxout layer (Goodfellow et al., arXiv:1302.4389): of K linear pieces, side by side in [N, K·W], the greatest at each place, [N, W].
/// </summary>
internal sealed class Maxout(int pieces) : nn.Module<Tensor, Tensor>(nameof(Maxout))
{
    // Not max: that also yields where the greatest was, which takes twice as long.
    public override Tensor forward(Tensor input) => input.unflatten(1, pieces, -1).amax([1]);
}
