namespace PluginGan.Plugins.Derived;

/// <summary>Images, each with a poorer version of itself as condition (pix2pix, arXiv:1611.07004).</summary>
internal sealed class PairedImages : Dataset
{
    private readonly ImageSource source;
    private readonly Translation translation;

    public PairedImages(PairedOptions options, ComponentContext context)
    {
        source = new ImageSource(options.Of!, context);
        try
        {
            translation = new Translation(options, source.Spec, source.Name);
        }
        catch
        {
            source.Dispose();
            throw;
        }
        Spec = new DataSpec(source.Spec, new SampleCondition(translation.Source));
        Sources = source.Sources;
    }

    public override DataSpec Spec { get; }

    public override long Count => source.Count;

    public override Batch Read(ReadOnlySpan<long> indices, ulong seed)
    {
        var images = source.Read(indices, seed);
        images.Condition?.Dispose();
        return new Batch(images.Samples, translation.Apply(images.Samples, indices, seed));
    }

    protected override void Dispose(bool disposing)
    {
        source.Dispose();
        base.Dispose(disposing);
    }
}
