using static TorchSharp.torch;

namespace PluginGan.Training;

/// <summary>The same latents under each class, or with each category of a categorical part of the latent.</summary>
public sealed class ClassStrips : Exploration
{
    private const int MostColumns = 25;

    /// <inheritdoc/>
    public override IReadOnlyList<ExploredPicture> Explore(ExploredModel model)
    {
        using var scope = NewDisposeScope();
        using var quiet = no_grad();
        var space = new LatentSpace(model.Model.Latent);
        List<ExploredPicture> pictures = [.. Classes(model), .. Enumerable.Range(0, space.Categories.Count).Select(part => Categories(model, space, part))];
        return pictures.Count > 0 ? pictures : throw new ComponentException("this model takes no class, and its latent has no categorical part");
    }

    private static IEnumerable<ExploredPicture> Classes(ExploredModel model)
    {
        if (model.Model.Condition is not ClassCondition classes)
            yield break;
        var (latents, shown) = (model.Latents(model.Count, "classes"), Spread(classes.Count));
        var columns = shown.Select(label => model.Generate(latents, full([model.Count], label, dtype: ScalarType.Int64, device: model.Device)));
        yield return new ExploredPicture($"classes{model.Extension}", "The same latents in each class",
            $"One block: {Layout(model.Sample, "in the classes")} {string.Join(", ", shown.Select(label => classes.Names[label]))}{Of(shown, classes.Count, "classes")}.",
            SampleFile.Encode([stack(columns, 1).flatten(0, 1)], model.Sample, shown.Length, model.Provenance));
    }

    private static ExploredPicture Categories(ExploredModel model, LatentSpace space, int part)
    {
        var count = space.Categories[part].Count;
        var (latents, shown) = (model.Latents(model.Count, "classes"), Spread(count));
        return new ExploredPicture($"categories-{part + 1}{model.Extension}", $"Categories of the latent, part {part + 1}",
            $"One block: {Layout(model.Sample, $"with the categories {string.Join(", ", shown)}")}{Of(shown, count, "categories")}.",
            SampleFile.Encode([model.Rows([.. shown.Select(category => space.Choose(latents, part, category))], model.Conditions(model.Count))], model.Sample, shown.Length, model.Provenance));
    }

    private static int[] Spread(int count)
    {
        var columns = Math.Min(count, MostColumns);
        return [.. Enumerable.Range(0, columns).Select(column => (int)((long)column * count / columns))];
    }

    private static string Of(int[] shown, int count, string what) => shown.Length < count ? $", {shown.Length} of {count} {what}" : "";
}
