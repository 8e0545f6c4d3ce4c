using TorchSharp;
using static PluginGan.Scalars;
using static TorchSharp.torch;

namespace PluginGan.Layers;

/// <summary>The cross-entropy of a discriminator's verdict, arXiv:1406.2661, on logits of any shape, where greater means more real: stable at any magnitude.</summary>
public static class BinaryCrossEntropy
{
    /// <summary>Against "real": the mean of softplus(-x) = -log sigmoid(x), a scalar. What a generator minimises in the non-saturating game.</summary>
    public static Tensor AsReal(Tensor logits) => logits.log_sigmoid().mean().neg();

    /// <summary>Against "generated": the mean of softplus(x) = -log(1 - sigmoid(x)), a scalar. Its negative is what a generator minimises in the minimax game.</summary>
    public static Tensor AsGenerated(Tensor logits) => AsReal(logits.neg());

    /// <summary>What a discriminator minimises: real samples against "real" plus generated ones against "generated".</summary>
    public static Tensor Of(Tensor real, Tensor generated) => AsReal(real).add(AsGenerated(generated), One);
}
