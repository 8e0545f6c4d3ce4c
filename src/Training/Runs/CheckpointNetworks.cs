using static TorchSharp.torch;

namespace PluginGan.Training;

/// <summary>The networks of a run that <c>generator.safetensors</c> does not hold, such as the discriminator: their weights are in the checkpoints.</summary>
public static class CheckpointNetworks
{
    /// <summary>Loads the weights of networks from the newest whole checkpoint.</summary>
    /// <param name="model">A model of the run's architecture and options.</param>
    /// <param name="roles">Which of its networks.</param>
    /// <param name="checkpoints">The run's checkpoints.</param>
    /// <param name="damaged">Told of each newer checkpoint that cannot be read.</param>
    /// <returns>The iteration of the checkpoint.</returns>
    /// <exception cref="ComponentException">There is no checkpoint, or it is of another model.</exception>
    public static long Load(GanModel model, IReadOnlyList<string> roles, CheckpointStore checkpoints, Action<string> damaged)
    {
        using var checkpoint = checkpoints.ReadLatest(damaged) ?? throw new ComponentException($"the run has no checkpoint that can be read, and only that holds the weights of the networks {string.Join(", ", roles)}");
        foreach (var role in roles)
            Load(role, model.Networks[role], checkpoint);
        return checkpoint.State.Iteration;
    }

    private static void Load(string role, nn.Module network, Checkpoint checkpoint)
    {
        var prefix = StateTensors.Network(role);
        try
        {
            Safetensors.Load(network, checkpoint.State.Tensors.Where(entry => entry.Key.StartsWith(prefix, StringComparison.Ordinal))
                .ToDictionary(entry => entry.Key[prefix.Length..], entry => entry.Value));
        }
        catch (InvalidDataException misfit)
        {
            throw new ComponentException($"the network '{role}' of the checkpoint of iteration {checkpoint.State.Iteration} does not fit: {misfit.Message}", misfit);
        }
    }
}
