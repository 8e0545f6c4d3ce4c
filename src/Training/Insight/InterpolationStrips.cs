using static TorchSharp.torch;

namespace PluginGan.Training;

/// <summary>The way from one latent to another, as a sheet, and for images as an animation that comes back to where it began.</summary>
public sealed class InterpolationStrips : Exploration
{
    private const int Stations = 4;
    private const int FramesBetween = 15;

    private static readonly TimeSpan Frame = TimeSpan.FromMilliseconds(80);

    /// <inheritdoc/>
    public override IReadOnlyList<ExploredPicture> Explore(ExploredModel model)
    {
        using var scope = NewDisposeScope();
        using var quiet = no_grad();
        var space = new LatentSpace(model.Model.Latent);
        if (space.Coordinates.Count == 0)
            throw new ComponentException("the latent of this model has no continuous part to vary");
        var (stations, condition) = (model.Latents(model.Count * Stations, "interpolation").chunk(Stations), model.Conditions(model.Count));
        var way = Enumerable.Range(0, model.Steps).Select(step => space.Between(stations[0], stations[1], step / (model.Steps - 1.0))).ToList();
        var sheet = new ExploredPicture($"interpolation{model.Extension}", "Interpolation between latents",
            $"One block: {Layout(model.Sample, "it is led to another one on the arc between them (spherical interpolation)")}.{ClassesOf(model)}",
            SampleFile.Encode([model.Rows(way, condition)], model.Sample, model.Steps, model.Provenance));
        return model.Sample is ImageSpec ? [sheet, Animation(model, space, stations, condition)] : [sheet];
    }

    private static ExploredPicture Animation(ExploredModel model, LatentSpace space, Tensor[] stations, Tensor? condition)
    {
        var frames = new List<RgbImage>();
        var columns = (int)Math.Ceiling(Math.Sqrt(model.Count));
        for (var frame = 0; frame < Stations * FramesBetween; frame++)
        {
            using var inner = NewDisposeScope();
            var (station, step) = (frame / FramesBetween, frame % FramesBetween);
            var latents = space.Between(stations[station], stations[(station + 1) % Stations], step / (double)FramesBetween);
            // The categories with which a way begins stay to its end: there is nothing between two of them.
            for (var part = 0; part < space.Categories.Count; part++)
            {
                var (from, count) = space.Categories[part];
                latents.narrow(-1, from, count).copy_(stations[0].narrow(-1, from, count));
            }
            frames.Add(SampleFile.Draw([model.Generate(latents, condition)], model.Sample, columns));
            model.Progress?.Report(new ComponentProgress("frames", frame + 1, Stations * FramesBetween));
        }
        return new ExploredPicture("interpolation-animated.png", "Interpolation, animated",
            $"Each image is led round through {Stations} latents on the arcs between them and back to the first; the way from the first to the second is that of its row on the sheet.",
            AnimatedPng.Encode(frames, Frame, model.Provenance));
    }
}
