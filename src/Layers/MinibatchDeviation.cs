using TorchSharp;
using static PluginGan.Scalars;
using static TorchSharp.torch;

namespace PluginGan.Layers;

/// <summary>
/// Minibatch standard deviation (arXiv:1710.10196, section 3; in groups as in StyleGAN2's code, arXiv:1912.04958): how much the samples of a group differ, as a further channel
/// that shows a discriminator when samples are too much alike. Over the group the standard deviation of each value, averaged over all values of a sample: one number for a group.
/// </summary>
public sealed class MinibatchDeviation : nn.Module<Tensor, Tensor>
{
    private static readonly Scalar Epsilon = 1e-8;

    private readonly int groupSize;

    /// <param name="groupSize">How many samples make up a group; where the batch is no multiple of it, the greatest divisor of the batch below it.</param>
    public MinibatchDeviation(int groupSize)
        : base(nameof(MinibatchDeviation)) => this.groupSize = groupSize;

    /// <summary>[N, C, H, W] to [N, C + 1, H, W]. Samples i and j are in one group where i ≡ j modulo the number of groups.</summary>
    public override Tensor forward(Tensor input)
    {
        var (batch, height, width) = (input.shape[0], input.shape[2], input.shape[3]);
        var size = Math.Min(groupSize, batch);
        while (batch % size != 0)
            size--;
        var grouped = input.reshape(size, batch / size, -1);
        var variance = grouped.sub(grouped.mean([0], keepdim: true)).square().mean([0]);
        var deviation = variance.add(Epsilon, One).sqrt().mean([1]);
        return cat([input, deviation.repeat(size).reshape(batch, 1, 1, 1).expand(batch, 1, height, width)], dim: 1);
    }
}
