using static TorchSharp.torch;

namespace PluginGan.Layers;

/// <summary>What the head <c>features</c> of a discriminator is: objectives with a network on it must know before training.</summary>
public static class DiscriminatorFeatures
{
    /// <summary>F of the head <c>features</c> [N, F], found by judging two blank samples in evaluation mode, which changes nothing.</summary>
    /// <exception cref="ComponentException">The discriminator has no such head, or it is not of two dimensions.</exception>
    public static long Count(string objective, GanModel model, DataSpec data)
    {
        using var scope = NewDisposeScope();
        var verdict = OfBlanks(model, data);
        if (!verdict.Heads.TryGetValue(Heads.Features, out var features))
            throw new ComponentException($"{objective} puts a network of its own on the discriminator's head '{Heads.Features}', but the discriminator has {(verdict.Heads.Count == 0 ? "no heads" : $"only {string.Join(", ", verdict.Heads.Keys)}")}; take an architecture with that head (dcgan)");
        return features.dim() == 2
            ? features.shape[1]
            : throw new ComponentException($"{objective} takes discriminator features of shape N×F, but the head '{Heads.Features}' is {string.Join("×", features.shape)}; take an architecture that flattens it (dcgan)");
    }

    /// <summary>Whether the features of one sample differ by the class that the discriminator is given with it, by more than rounding.</summary>
    public static bool SeeTheClass(GanModel model, DataSpec data)
    {
        using var scope = NewDisposeScope();
        return model.Condition is ClassCondition { Count: > 1 } && OfBlanks(model, data).Heads.TryGetValue(Heads.Features, out var features) && !features[0].allclose(features[1], rtol: 1e-3, atol: 1e-5);
    }

    // Two equal samples, the one of the first class and the other of the last.
    private static DiscriminatorOutput OfBlanks(GanModel model, DataSpec data)
    {
        using var quiet = no_grad();
        var discriminator = model.Networks[Roles.Discriminator];
        discriminator.eval();
        try
        {
            return model.Discriminate(zeros([2, .. data.Sample.Shape]), model.Condition is ClassCondition classes ? tensor([0L, classes.Count - 1L]) : null);
        }
        finally
        {
            discriminator.train();
        }
    }
}
