namespace PluginGan.Plugins.Derived;

/// <summary>Images of one domain, each with any image of another domain as condition (CycleGAN, arXiv:1703.10593). Partners are drawn anew
/// with each batch, by the index of the image.</summary>
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
        Sources = [.. source.Sources, .. others?.Sources ?? []];
    }

    public override DataSpec Spec { get; }

    public override long Count => source.Count;

    public override Batch Read(ReadOnlySpan<long> indices, ulong seed)
    {
        var images = source.Read(indices, seed);
        images.Condition?.Dispose();
        var chosen = Partners(indices, seed);
        using var partners = (others ?? source).Read(chosen, Streams.Of(seed, Streams.Others));
        return new Batch(images.Samples, translation?.Apply(partners.Samples, chosen, seed) ?? partners.Samples.alias());
    }

    protected override void Dispose(bool disposing)
    {
        source.Dispose();
        others?.Dispose();
        base.Dispose(disposing);
    }

    // Any image of the other domain; where that is made of the same images, any but the image itself.
    private long[] Partners(ReadOnlySpan<long> indices, ulong seed)
    {
        var all = (others ?? source).Count;
        var own = others is null && all > 1;
        using var draws = Draws.Begin(Streams.Of(seed, Streams.Partners), indices);
        using var drawn = Draws.Integers(indices.Length, [], own ? all - 1 : all);
        var partners = drawn.data<long>().ToArray();
        for (var place = 0; own && place < partners.Length; place++)
        {
            if (partners[place] >= indices[place])
                partners[place]++;
        }
        return partners;
    }
}
