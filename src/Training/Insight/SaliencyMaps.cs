using static TorchSharp.torch;

namespace PluginGan.Training;

/// <summary>Where the discriminator looks: the derivative of its verdict by each value of real and of generated samples.</summary>
/// <param name="iteration">The iteration that the discriminator's weights are from.</param>
/// <param name="pack">How many samples it judges together.</param>
/// <param name="real">Real samples in the range of their spec, with conditions; null where there are none to be had. They stay the caller's.</param>
public sealed class SaliencyMaps(long iteration, int pack, Batch? real) : Exploration
{
    private const int MostColumns = 12;

    /// <inheritdoc/>
    public override IReadOnlyList<ExploredPicture> Explore(ExploredModel model)
    {
        using var scope = NewDisposeScope();
        var count = (model.Count + pack - 1) / pack * pack;
        var (sections, verdicts) = (new List<Tensor>(), new List<string>());
        if (real is not null && real.Count >= pack)
        {
            var available = (int)Math.Min(count, real.Count / pack * pack);
            var condition = model.Model.Condition is NoCondition ? null : real.Condition?.narrow(0, 0, available).to(model.Device);
            Add("real ones", real.Samples.narrow(0, 0, available).to(model.Device), condition);
        }
        var conditions = model.Conditions(count);
        Add("generated ones", model.Generate(model.Latents(count, "saliency"), conditions), conditions);
        var image = model.Sample is ImageSpec or VideoSpec;
        var rows = image ? "below each row of samples the same ones are shown in dim grey with the derivative in colour, from dark red to yellow, each to its own scale" : "below each block of samples stands one with the derivative by each of their values";
        return
        [
            new ExploredPicture($"saliency{SampleFile.MixedExtension(model.Sample)}", "Where the discriminator looks",
                $"{(verdicts.Count > 1 ? "Real samples above generated ones" : "Generated samples; real ones could not be opened")}: {rows}. "
                + $"It is |∂D/∂x| of the discriminator of iteration {iteration}. Its mean verdict: {string.Join(", ", verdicts)}; greater means more real.",
                SampleFile.EncodeMixed(sections, Drawn(model.Sample), Columns(model.Sample, count), model.Provenance is { } origin ? origin with { SourceType = ImageProvenance.Composite } : null)),
        ];

        void Add(string name, Tensor samples, Tensor? condition)
        {
            var (logits, gradients) = Saliency.Of(model.Model, samples, condition, pack);
            verdicts.Add($"{name} {Number(logits.mean().item<float>())}");
            sections.AddRange(model.Sample is ImageSpec or VideoSpec ? Bands(samples, gradients, Columns(model.Sample, count)) : [samples, gradients]);
        }
    }

    private static int Columns(SampleSpec spec, int count) => spec is VideoSpec video ? video.Frames : Math.Min(count, MostColumns);

    // Rows of images, each with the row of its derivatives below it; what is missing in the last one is white.
    private static IEnumerable<Tensor> Bands(Tensor samples, Tensor gradients, int columns)
    {
        var clips = samples.dim() == 5;
        var (images, heat) = clips ? (samples.flatten(0, 1), gradients.flatten(0, 1)) : (samples, gradients);
        var coloured = images.shape[1] == 3 ? images : images.narrow(1, 0, 1).expand(-1, 3, -1, -1);
        var maps = HeatOverlay.Draw(images, heat);
        for (var from = 0L; from < images.shape[0]; from += columns)
        {
            var size = Math.Min(columns, images.shape[0] - from);
            var blank = ones([columns - size, .. coloured.shape[1..]], device: images.device);
            yield return cat([coloured.narrow(0, from, size), blank, maps.narrow(0, from, size), blank]);
        }
    }

    // Derivatives of symbols and categories are numbers like any other.
    private static SampleSpec Drawn(SampleSpec spec) => spec switch
    {
        ImageSpec image => new ImageSpec(3, image.Height, image.Width),
        VideoSpec video => new ImageSpec(3, video.Height, video.Width),
        TableSpec or VectorSpec => spec,
        _ => new VectorSpec((int)SampleSize.Of(spec)),
    };
}
