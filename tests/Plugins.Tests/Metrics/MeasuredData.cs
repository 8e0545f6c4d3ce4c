using TorchSharp;
using static TorchSharp.torch;

namespace PluginGan.Plugins.Tests;

/// <summary>
/// Samples of a kind that any evaluator can measure: of three classes that are easily told, in the modes that mode-coverage expects by
/// default; and samples that are unlike them.
/// </summary>
internal sealed class MeasuredData
{
    private const int Count = 64;
    private const int Classes = 3;

    private readonly SampleKind kind;

    private MeasuredData(SampleKind kind, SampleSpec spec) => (this.kind, Spec) = (kind, spec);

    public SampleSpec Spec { get; }

    public static MeasuredData Of(SampleKind kind) => new(kind, kind switch
    {
        SampleKind.Image => new ImageSpec(1, 12, 12),
        SampleKind.Series => new SeriesSpec(5, 2),
        SampleKind.Sequence => new SequenceSpec(4, ["a", "b", "c"]),
        SampleKind.Table => new TableSpec([new("x", null), new("y", null)]),
        SampleKind.Vector => new VectorSpec(2),
        _ => throw new NotSupportedException($"there are no samples of the kind {kind} here yet: an evaluator takes nothing else"),
    });

    /// <summary>Draws from the data.</summary>
    public Tensor Good(long seed) => Drawn(seed, number => kind switch
    {
        // Bright in one of three stripes.
        SampleKind.Image => (Stripe(number % Classes) * 1.2 - 0.6 + 0.2 * randn(Count, 1, 12, 12)).clamp(-1, 1),
        SampleKind.Series => ((arange(5).reshape(1, 5, 1) + number.reshape(-1, 1, 1)) * 0.7).sin() + 0.1 * randn(Count, 5, 2),
        // The first symbol is the first of the alphabet, the others are any.
        SampleKind.Sequence => Symbols(0),
        _ => Around(stack([(number * Math.PI / 4).cos(), (number * Math.PI / 4).sin()], 1)),
    });

    /// <summary>Draws that are unlike the data, and like each other.</summary>
    public Tensor Bad(long seed) => Drawn(seed, _ => kind switch
    {
        SampleKind.Image => arange(12).reshape(1, 1, 12, 1).lt(4) * 0.3 + 0.05 * randn(Count, 1, 12, 12),
        SampleKind.Series => 3 + 0.1 * randn(Count, 5, 2),
        SampleKind.Sequence => Symbols(2),
        _ => Around(tensor(new[] { 2.5f, 0.3f }).expand(Count, 2)),
    });

    /// <summary>Samples as their own features, and logits that tell the classes.</summary>
    public FeatureOutput Extract(Tensor samples)
    {
        var features = samples.flatten(1);
        var logits = kind == SampleKind.Image
            ? samples.reshape(-1, Classes, 48).mean([2])
            : features[.., ..2].matmul(tensor(new[,] { { 1f, -0.5f, -0.5f }, { 0f, 0.866f, -0.866f } }));
        return new(features, 10 * logits);
    }

    /// <summary>The classes that the extractor sees; of what has no sample none.</summary>
    public Tensor Labels(Tensor samples) => samples.shape[0] == 0 ? zeros(0, ScalarType.Int64) : Extract(samples).Logits!.argmax(1);

    private static Tensor Stripe(Tensor place) => (arange(12).reshape(1, 1, 12, 1) / 4).floor().eq(place.reshape(-1, 1, 1, 1));

    private static Tensor Around(Tensor points) => points + 0.01 * randn(Count, 2);

    private static Tensor Symbols(long first)
    {
        var symbols = randint(0, 3, [Count, 4], ScalarType.Int64);
        symbols[.., 0] = first;
        return nn.functional.one_hot(symbols, 3);
    }

    private static Tensor Drawn(long seed, Func<Tensor, Tensor> draw)
    {
        manual_seed(seed);
        return draw(arange(Count)).to(float32);
    }
}
