using TorchSharp;
using static TorchSharp.torch;

namespace PluginGan.Plugins.Derived;

/// <summary>Images of one domain, each with any image of another domain as condition (CycleGAN, arXiv:1703.10593). Partners are drawn anew with each batch.</summary>
internal sealed class UnpairedImages : Dataset
{
    private readonly ImageSource source;
    private readonly ImageSource? others;
    private readonly Translation? translation;

    public UnpairedImages(UnpairedOptions options, ComponentContext context)
    {
        source = new ImageSource(options.Of!, context);
        try
        {
            others = options.From is { } from ? new ImageSource(from, context) : null;
            translation = others is null ? new Translation(options, source.Spec, source.Name) : null;
        }
        catch
        {
            Dispose();
            throw;
        }
        Spec = new DataSpec(source.Spec, new SampleCondition(others?.Spec ?? translation!.Source));
    }

    public override DataSpec Spec { get; }

    public override long Count => source.Count;

    public override Batch Read(ReadOnlySpan<long> indices, ulong seed)
    {
        var images = source.Read(indices, seed);
        images.Condition?.Dispose();
        using var partners = (others ?? source).Read(Partners(indices.Length, seed), seed);
        return new Batch(images.Samples, translation?.Apply(partners.Samples, seed) ?? partners.Samples.alias());
    }

    protected override void Dispose(bool disposing)
    {
        source.Dispose();
        others?.Dispose();
        base.Dispose(disposing);
    }

    private long[] Partners(int count, ulong seed)
    {
        using var scope = NewDisposeScope();
        using var generator = new Generator(seed, CPU);
        using Scalar images = (others ?? source).Count;
        return rand([count], ScalarType.Float64, generator: generator).mul(images).floor().to(ScalarType.Int64).data<long>().ToArray();
    }
}
