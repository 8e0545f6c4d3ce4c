using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace PluginGan.Layers;

/// <summary>
/// A linear layer at an equalised learning rate (arXiv:1710.10196, section 4.1): its weights begin as N(0, 1) and are scaled by 1/√inputs when used, so that
/// rules which bound the step of each weight, as Adam does, change all layers alike.
/// </summary>
public sealed class EqualizedLinear : nn.Module<Tensor, Tensor>
{
    private readonly Parameter weight;
    private readonly Parameter? bias;
    private readonly Scalar scale, rate;

    /// <param name="inputs">Values that come in.</param>
    /// <param name="outputs">Values that go out.</param>
    /// <param name="hasBias">Whether there is a bias.</param>
    /// <param name="bias">What the bias begins as.</param>
    /// <param name="rate">The learning rate of this layer, relative to the network's (StyleGAN, arXiv:1812.04948, appendix C); the function it begins as does not depend on it.</param>
    public EqualizedLinear(int inputs, int outputs, bool hasBias = true, double bias = 0, double rate = 1)
        : base(nameof(EqualizedLinear))
    {
        weight = Learned.From(randn(outputs, inputs) / rate);
        if (hasBias)
            this.bias = Learned.From(full(outputs, bias / rate));
        scale = rate / Math.Sqrt(inputs);
        this.rate = rate;
        RegisterComponents();
    }

    /// <summary>[N, inputs] to [N, outputs].</summary>
    public override Tensor forward(Tensor input) => nn.functional.linear(input, weight.mul(scale), bias?.mul(rate));
}
