using static TorchSharp.torch;

namespace PluginGan.Training;

/// <summary>Packing (PacGAN, arXiv:1712.04086): a discriminator that judges several samples at once sees that they are all alike.</summary>
internal static class Packing
{
    /// <summary>Concatenates each <paramref name="count"/> samples along their first dimension: [N, C, ...] to [N / count, count · C, ...].</summary>
    public static Tensor Pack(Tensor samples, int count)
    {
        if (count == 1)
            return samples;
        var shape = samples.shape;
        return samples.reshape([shape[0] / count, shape[1] * count, .. shape[2..]]);
    }
}
