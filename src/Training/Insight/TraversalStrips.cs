using static TorchSharp.torch;

namespace PluginGan.Training;

/// <summary>Latent traversal: one coordinate of a latent is varied, all others stay. Shows those coordinates that change samples most.</summary>
public sealed class TraversalStrips : Exploration
{
    internal const int Shown = 5;

    private const int MostCoordinates = 1024;

    /// <inheritdoc/>
    public override IReadOnlyList<ExploredPicture> Explore(ExploredModel model)
    {
        using var scope = NewDisposeScope();
        using var quiet = no_grad();
        var space = new LatentSpace(model.Model.Latent);
        var (coordinates, axes) = Axes(space);
        var effects = Effects(model, space, axes).diagonal().sqrt().data<double>().ToArray();
        var strongest = Enumerable.Range(0, effects.Length).OrderByDescending(index => effects[index]).Take(Shown).ToArray();
        var picture = new LatentStrips(model, space).Encode([.. strongest.Select(index => axes[index])]);
        var figures = string.Join(", ", strongest.Select(index => $"{Number(effects[index])} along coordinate {coordinates[index]}"));
        var all = coordinates.Count < space.Coordinates.Count ? $"{coordinates.Count} coordinates that were tried, of {space.Coordinates.Count}," : $"all {coordinates.Count}";
        return
        [
            new ExploredPicture($"traversal{model.Extension}", "Latent traversal",
                $"Each block is one coordinate of the latent, the most influential first: {Layout(model.Sample, $"that coordinate is set to {LatentStrips.Range(space, axes[strongest[0]])} and all else stays")}. "
                + $"A step of one standard deviation changes a value of a sample by so much (RMS): {figures}; the mean over {all} is {Number(effects.Average())}.{ClassesOf(model)}",
                picture),
        ];
    }

    /// <summary>The directions along single coordinates: all, or as many as can be tried, evenly spread.</summary>
    /// <exception cref="ComponentException">The latent has no continuous part.</exception>
    internal static (IReadOnlyList<int> Coordinates, Tensor Axes) Axes(LatentSpace space)
    {
        var all = space.Coordinates;
        if (all.Count == 0)
            throw new ComponentException("the latent of this model has no continuous part to vary");
        var count = Math.Min(all.Count, MostCoordinates);
        IReadOnlyList<int> coordinates = [.. Enumerable.Range(0, count).Select(index => all[(int)((long)index * all.Count / count)])];
        return (coordinates, space.Axes(coordinates));
    }

    /// <summary>The mean of JᵀJ over some latents, the fewer the more coordinates there are.</summary>
    internal static Tensor Effects(ExploredModel model, LatentSpace space, Tensor axes)
    {
        var count = (int)Math.Clamp(2048 / axes.shape[0], 4, 16);
        return LatentEffect.Gram(model, space, axes, model.Latents(count, "effects"), model.Conditions(count));
    }
}
