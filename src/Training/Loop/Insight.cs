using static TorchSharp.torch;

namespace PluginGan.Training;

/// <summary>What tells how a game stands, whatever its loss: computed on the device from verdicts that are there anyway.</summary>
internal static class Insight
{
    /// <summary>
    /// Reports the mean logits, <c>real</c> and <c>fake</c>; <c>separation</c>, the share of pairs of a real and a generated sample of which the discriminator prefers the real one (0.5 by chance,
    /// 1 where it tells all apart), and <c>diversity</c>, the variance over the batch of the features of generated samples, summed, over that of
    /// real ones (about 1 where both are alike, 0 where all generated samples are one). Features are the discriminator's where it has a head of
    /// that name, else the samples themselves. With features <c>spread</c> is the same of the samples: batch norm in the discriminator, which
    /// sees generated samples by themselves, hides in the features how much alike they are.
    /// </summary>
    public static void Report(StepContext step, JudgedPair judged)
    {
        using var quiet = no_grad();
        var prefix = judged.Pair.Name.Length == 0 ? "" : $"{judged.Pair.Name}/";
        var (real, fake) = (judged.Real, judged.Fake);
        step.Report($"{prefix}real", real.Logits.mean());
        step.Report($"{prefix}fake", fake.Logits.mean());
        step.Report($"{prefix}separation", OfSamples(real).unsqueeze(1).gt(OfSamples(fake)).to(ScalarType.Float32).mean());
        if (real.Samples.shape[0] > 1)
        {
            if (fake.Output.Heads.TryGetValue(Heads.Features, out var features))
                step.Report($"{prefix}diversity", Spread(features).div(Spread(real.Output.Features)));
            step.Report(features is null ? $"{prefix}diversity" : $"{prefix}spread", Spread(fake.Input).div(Spread(real.Input)));
        }
    }

    // One verdict for each sample: of patches, their mean. All pairs of all patches would take gigabytes.
    private static Tensor OfSamples(Verdict verdict) => verdict.Logits.dim() == 1 ? verdict.Logits : verdict.Logits.flatten(1).mean([1]);

    // The variance times the batch, summed: torch's own variance over a batch is one pass for each column on the CPU, and took a fiftieth of a bf16 step.
    private static Tensor Spread(Tensor values)
    {
        var flat = values.detach().flatten(1).to(ScalarType.Float32);
        var centred = flat.sub(flat.mean([0], keepdim: true));
        return centred.mul(centred).sum();
    }
}
