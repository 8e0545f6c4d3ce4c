using TorchSharp;
using static TorchSharp.torch;

namespace PluginGan.Plugins.CycleGan;

/// <summary>
/// E|F(G(x)) − x| over the held-out sources x, in the values of a sample (images: -1 to 1): the cycle that CycleGAN (arXiv:1703.10593, section 3.2) is trained to close. It says that a translation keeps what is needed to
/// undo it, not that it is right.
/// </summary>
internal sealed class CycleError : Evaluator
{
    private const int Chunk = 256;

    /// <inheritdoc/>
    public override IReadOnlyList<MetricInfo> Metrics { get; } =
    [
        new(
            "cycle-error",
            "Mean absolute difference between a held-out source and itself, translated to and fro, in the values of the samples (images: -1 to 1).",
            MetricDirection.Lower),
    ];

    /// <summary>False: the floor and the halves would put samples in the place of translations that are none of the same source.</summary>
    public override bool IsResampled => false;

    /// <inheritdoc/>
    public override IReadOnlyList<MetricValue> Evaluate(EvaluationContext context)
    {
        if (context.Model is not { } model || context.Conditions(SampleSet.Generated) is not { } sources)
            throw new ComponentException("cycle-error: only a model can translate back, and these samples came without one; evaluate a run");
        var samples = Math.Min(sources.shape[0], context.Count(SampleSet.Generated));
        Require(samples > 1, $"there are {samples} translations of sources, and at least 2 are needed: evaluate on more samples");
        Require(sources.isfinite().all().item<bool>(), "the sources hold NaN or infinity");
        var alike = sources.eq(sources.narrow(0, 0, 1)).all().item<bool>();
        Require(!alike, "the sources are all equal, so there is nothing to undo: evaluate on sources that differ");
        var (inverse, translations) = (model.Inverse(TranslationRoles.InverseGenerator), context.Samples(SampleSet.Generated));
        var device = inverse.parameters().First().device;
        var (sum, count) = (0.0, translations.shape[0]);
        for (var from = 0L; from < count; from += Chunk)
        {
            context.CancellationToken.ThrowIfCancellationRequested();
            using var scope = NewDisposeScope();
            var length = Math.Min(Chunk, count - from);
            var back = inverse.call(translations.narrow(0, from, length).to(device)).cpu().to(ScalarType.Float64);
            sum += back.sub(sources.narrow(0, from, length)).abs().mean().item<double>() * length;
        }
        Require(double.IsFinite(sum), "the translations, or what they are translated back to, hold NaN or infinity");
        return [new MetricValue("cycle-error", sum / count)];
    }

    private static void Require(bool met, string otherwise)
    {
        if (!met)
            throw new ComponentException($"cycle-error: {otherwise}");
    }
}
