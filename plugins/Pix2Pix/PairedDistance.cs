using static TorchSharp.torch;

namespace PluginGan.Plugins.Pix2Pix;

/// <summary>
/// The second term of pix2pix (arXiv:1611.07004, equation 3): E |y − G(x)|, or its square, between each sample y and what is generated under its own condition x, as a mean over all values, so that the weight
/// means the same at any size.
/// </summary>
internal sealed class PairedDistance(PairedDistanceOptions options) : Regularizer
{
    /// <inheritdoc/>
    public override Side Side => Side.Generator;

    /// <inheritdoc/>
    public override Tensor? Penalty(JudgedPair pair) => options.Distance == Distance.Squared
        ? nn.functional.mse_loss(pair.Fake.Samples, pair.Real.Samples)
        : nn.functional.l1_loss(pair.Fake.Samples, pair.Real.Samples);
}
