using static TorchSharp.torch;

namespace PluginGan.Training;

/// <summary>Principal directions of the latent space (<see cref="PrincipalDirections"/>) and what a walk along them does.</summary>
public sealed class DirectionStrips : Exploration
{
    private const int Probes = 8;
    private const int FewestLatents = 64;
    private const int MostLatents = 1024;
    private const long MostValues = 1 << 25;
    private const int Pass = 256;

    /// <inheritdoc/>
    public override IReadOnlyList<ExploredPicture> Explore(ExploredModel model)
    {
        using var scope = NewDisposeScope();
        using var quiet = no_grad();
        var space = new LatentSpace(model.Model.Latent);
        var (_, axes) = TraversalStrips.Axes(space);
        var (found, origin) = OfActivation(model, space) ?? OfSamples(model, space, axes);
        if (found.Explained.Count == 0)
            throw new ComponentException("the samples do not change with the latent: there is no direction to find");
        Tensor[] directions = [.. Enumerable.Range(0, found.Explained.Count).Select(index => found.Directions[index])];
        var effects = TraversalStrips.Effects(model, space, found.Directions).diagonal().sqrt().data<double>().ToArray();
        var picture = new LatentStrips(model, space).Encode(directions);
        return
        [
            new ExploredPicture($"directions{model.Extension}", "Principal latent directions",
                $"Each block is one direction of the latent space, the most important first: {Layout(model.Sample, $"the coordinate along it is set to {LatentStrips.Range(space, directions[0])}, and what is at right angles to it stays")}. "
                + $"{origin} They hold {string.Join(", ", found.Explained.Select(Percent))} of the variance, together {Percent(found.Explained.Sum())}. "
                + $"A step of one standard deviation changes a value of a sample by so much (RMS): {string.Join(", ", effects.Select(Number))}.{ClassesOf(model)}",
                picture),
        ];
    }

    private static (PrincipalDirections, string)? OfActivation(ExploredModel model, LatentSpace space)
    {
        // One condition for all: what differs between classes is no direction of the latent.
        Tensor? Condition(long count) => model.Conditions(1) is { } first ? LatentEffect.Repeated(first, count) : null;
        var probes = model.Latents(Probes, "directions");
        if (EarlyActivation.Find(model.Model, () => model.Generate(probes, Condition(Probes)), Probes) is not { } layer)
            return null;
        var count = (int)Math.Clamp(MostValues / layer.Features, FewestLatents, MostLatents);
        var latents = model.Latents(count, "directions");
        var activations = layer.Record(latents.split(Pass).Select<Tensor, Action>(pass => () => model.Generate(pass, Condition(pass.shape[0]))));
        var which = model.Model.Condition is ClassCondition classes ? $" of the class {classes.Names[0]}" : "";
        return (PrincipalDirections.Of(activations, space.Standardise(latents), TraversalStrips.Shown),
            $"They move the output of the layer '{layer.Name}' ({layer.Features} features) along its principal components, found over {count} latents{which} (GANSpace, arXiv:2004.02546).");
    }

    private static (PrincipalDirections, string) OfSamples(ExploredModel model, LatentSpace space, Tensor axes) => (
        PrincipalDirections.OfEffects(TraversalStrips.Effects(model, space, axes), axes, TraversalStrips.Shown),
        "No layer of this generator can be listened to, so that no activation is known: these are the directions in which samples themselves change most (eigenvectors of the mean of JᵀJ).");
}
