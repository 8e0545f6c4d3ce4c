using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace PluginGan.Training;

/// <summary>Every network of a run, the model's and the objective's, by role. Knows which are frozen at the moment.</summary>
internal sealed class NetworkSet : IDisposable
{
    private readonly Dictionary<string, Entry> networks = new(StringComparer.Ordinal);
    private readonly HashSet<string> unfrozen;

    /// <summary>
    /// Moves the networks to the device, and the parameters of those that a phase trains into buffers. Parameters that the plugin itself has
    /// frozen stay frozen, and where they are.
    /// </summary>
    /// <exception cref="ComponentException">A role appears twice, a parameter belongs to two networks, or a phase trains what does not exist.</exception>
    public NetworkSet(GanModel model, IReadOnlyDictionary<string, nn.Module> own, IReadOnlyList<Phase> phases, Device device, bool channelsLast)
    {
        var owners = new Dictionary<IntPtr, string>();
        var trained = phases.SelectMany(phase => phase.Trains).ToHashSet(StringComparer.Ordinal);
        foreach (var (role, network) in model.Networks.Concat(own))
        {
            if (networks.ContainsKey(role))
                throw new ComponentException($"the network '{role}' exists both in the model and in the objective; give one of them another name");
            network.to(device);
            network.train();
            var trainable = new List<(string Name, Parameter Value)>();
            foreach (var (name, parameter) in network.named_parameters())
            {
                // Layers of one network may share a parameter: it counts once.
                if (owners.TryAdd(parameter.Handle, role) && parameter.requires_grad)
                    trainable.Add((name, parameter));
                if (owners[parameter.Handle] != role)
                    throw new ComponentException($"the networks '{owners[parameter.Handle]}' and '{role}' share the parameter '{name}'; each parameter belongs to one network");
            }
            networks.Add(role, new Entry(network, [.. trainable.Select(entry => entry.Value)],
                trained.Contains(role) ? [.. trainable.GroupBy(entry => entry.Value.dtype).Select(group => new FlatParameters(group, channelsLast))] : []));
        }
        foreach (var phase in phases)
            foreach (var role in phase.Trains)
                if (!networks.ContainsKey(role))
                    throw new ComponentException($"phase '{phase.Name}' trains '{role}', which is not a network of this run; there are {string.Join(", ", networks.Keys)}");
        unfrozen = [.. networks.Keys];
    }

    public IEnumerable<KeyValuePair<string, nn.Module>> All => networks.Select(entry => KeyValuePair.Create(entry.Key, entry.Value.Network));

    public nn.Module this[string role] => networks[role].Network;

    public IReadOnlyList<Parameter> Parameters(string role) => networks[role].Parameters;

    /// <summary>The parameters of a network as buffers, one for each dtype; none of a network that no phase trains.</summary>
    public IReadOnlyList<FlatParameters> Buffers(string role) => networks[role].Buffers;

    /// <summary>Lets gradients flow into these networks only.</summary>
    public void Unfreeze(IReadOnlyCollection<string> roles)
    {
        foreach (var (role, entry) in networks)
        {
            var wanted = roles.Contains(role);
            if (wanted == unfrozen.Contains(role))
                continue;
            foreach (var parameter in entry.Parameters)
                parameter.requires_grad = wanted;
            _ = wanted ? unfrozen.Add(role) : unfrozen.Remove(role);
        }
    }

    /// <summary>Runs something with these networks unfrozen too, and freezes them again.</summary>
    public T WithUnfrozen<T>(IEnumerable<string> roles, Func<T> action)
    {
        var before = unfrozen.ToArray();
        Unfreeze([.. before.Union(roles)]);
        var result = action();
        Unfreeze(before);
        return result;
    }

    /// <summary>Training or evaluation mode for all of them.</summary>
    public void Train(bool on)
    {
        foreach (var entry in networks.Values)
            entry.Network.train(on);
    }

    /// <summary>Lets go of the buffers; the networks keep their weights.</summary>
    public void Dispose()
    {
        foreach (var buffer in networks.Values.SelectMany(entry => entry.Buffers))
            buffer.Dispose();
    }

    private sealed record Entry(nn.Module Network, Parameter[] Parameters, FlatParameters[] Buffers);
}
