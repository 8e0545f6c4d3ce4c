using static TorchSharp.torch;

namespace PluginGan.Plugins;

/// <summary>How many features a discriminator's head has: objectives with a network on it must know before training.</summary>
internal static class DiscriminatorFeatures
{
    private const string Head = "features";

    /// <summary>F of the head <c>features</c> [N, F], found by judging two blank samples in evaluation mode, which changes nothing.</summary>
    /// <exception cref="ComponentException">The discriminator has no such head, or it is not of two dimensions.</exception>
    public static long Count(string objective, GanModel model, DataSpec data)
    {
        using var scope = NewDisposeScope();
        using var quiet = no_grad();
        var discriminator = model.Networks[Roles.Discriminator];
        discriminator.eval();
        try
        {
            var verdict = model.Discriminate(zeros([2, .. data.Sample.Shape]), model.Condition is ClassCondition ? zeros(2, ScalarType.Int64) : null);
            if (!verdict.Heads.TryGetValue(Head, out var features))
                throw new ComponentException($"{objective} puts a network of its own on the discriminator's head '{Head}', but the discriminator has {(verdict.Heads.Count == 0 ? "no heads" : $"only {string.Join(", ", verdict.Heads.Keys)}")}; take an architecture with that head (dcgan)");
            return features.dim() == 2
                ? features.shape[1]
                : throw new ComponentException($"{objective} takes discriminator features of shape N×F, but the head '{Head}' is {string.Join("×", features.shape)}; take an architecture that flattens it (dcgan)");
        }
        finally
        {
            discriminator.train();
        }
    }
}
