using System.ComponentModel;
using static TorchSharp.torch;

namespace PluginGan.TestPlugins;

public sealed class HangingOptions
{
    [Description("The discriminator update that never ends.")]
    public int At { get; set; }
}

/// <summary>The Wasserstein loss until it no longer returns.</summary>
public sealed class HangingLoss(HangingOptions options) : AdversarialLoss
{
    private int updates;

    public override Tensor Discriminator(DiscriminatorOutput real, DiscriminatorOutput fake)
    {
        while (updates == options.At)
            Thread.SpinWait(1 << 16);
        updates++;
        return fake.Logits.mean() - real.Logits.mean();
    }

    public override Tensor Generator(DiscriminatorOutput? real, DiscriminatorOutput fake) => -fake.Logits.mean();
}
