using System.ComponentModel;
using static TorchSharp.torch;

namespace PluginGan.TestPlugins;

public sealed class ThrowingOptions
{
    [Description("The discriminator update that fails; -1 for the first, and every loss is zero before it.")]
    public int At { get; set; }
}

/// <summary>The Wasserstein loss until it throws.</summary>
public sealed class ThrowingLoss(ThrowingOptions options) : AdversarialLoss
{
    private int updates;

    public override Tensor Discriminator(DiscriminatorOutput real, DiscriminatorOutput fake) => updates++ == options.At
        ? throw new InvalidOperationException("the loss has lost itself")
        : fake.Logits.mean() - real.Logits.mean();

    public override Tensor Generator(DiscriminatorOutput? real, DiscriminatorOutput fake) => -fake.Logits.mean();
}

public sealed class DivergingLoss : AdversarialLoss
{
    public override Tensor Discriminator(DiscriminatorOutput real, DiscriminatorOutput fake) => fake.Logits.mean() * float.NaN;

    public override Tensor Generator(DiscriminatorOutput? real, DiscriminatorOutput fake) => fake.Logits.mean();
}
