using static TorchSharp.torch;

namespace PluginGan.Training;

/// <summary>The tensors of a training that must survive it, by name: where each of them lives at the moment.</summary>
internal sealed class StateTensors(
    NetworkSet networks, IReadOnlyDictionary<string, NetworkWeights> weights, MovingAverage? average, IReadOnlyDictionary<string, Component> components, ScalarAverages scalars)
{
    private const string Scalars = "scalars/";

    /// <summary>Networks, moments, averages, component states and unread scalars.</summary>
    public IEnumerable<(string Name, Tensor Value)> All => Lasting.Concat(scalars.State().Select(entry => (Scalars + entry.Name, entry.Sum)));

    private IEnumerable<(string Name, Tensor Value)> Lasting
    {
        get
        {
            foreach (var (role, network) in networks.All)
                foreach (var (name, value) in network.state_dict())
                    yield return (Network(role) + name, value);
            foreach (var (role, network) in weights)
                foreach (var (name, value) in network.State)
                    yield return ($"optimizers/{role}/{name}", value);
            foreach (var (name, value) in average?.State ?? [])
                yield return ($"ema/{name}", value);
            foreach (var (component, instance) in components)
                foreach (var (name, value) in instance.State?.state_dict() ?? [])
                    yield return ($"state/{component}/{name}", value);
        }
    }

    /// <summary>The name of an unread scalar.</summary>
    public static string Scalar(string name) => Scalars + name;

    /// <summary>What the names of a network's parameters and buffers begin with.</summary>
    public static string Network(string role) => $"networks/{role}/";

    /// <summary>The name of a tensor that is not finite, or null: one transfer from the device.</summary>
    public string? FirstBroken()
    {
        using var scope = NewDisposeScope();
        using var quiet = no_grad();
        var floating = Lasting.Where(entry => entry.Value.is_floating_point()).ToList();
        var finite = stack(floating.Select(entry => entry.Value.isfinite().all())).cpu().data<bool>().ToArray();
        var broken = Array.IndexOf(finite, false);
        return broken < 0 ? null : floating[broken].Name;
    }

    /// <summary>Fills them from a state.</summary>
    /// <exception cref="ComponentException">The tensors are not those of this training; nothing has been changed then.</exception>
    public void Restore(TrainerState state)
    {
        using var scope = NewDisposeScope();
        using var quiet = no_grad();
        var targets = Lasting.ToList();
        StateRules.Check(state, targets, [.. weights.Keys]);
        foreach (var (name, target) in targets)
            target.copy_(state.Tensors[name]);
        scalars.Clear();
        foreach (var (name, count) in state.ScalarCounts)
            scalars.Restore(name, state.Tensors[Scalars + name], count);
    }
}
