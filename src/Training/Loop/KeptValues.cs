using static TorchSharp.torch;

namespace PluginGan.Training;

/// <summary>What phases hand to later phases of one iteration.</summary>
internal sealed class KeptValues
{
    private readonly Dictionary<string, Tensor> kept = new(StringComparer.Ordinal);

    public Tensor? this[string name] => kept.GetValueOrDefault(name);

    /// <summary>Keeps a value, detached, in place of one of that name.</summary>
    public void Keep(string name, Tensor value)
    {
        if (kept.Remove(name, out var old))
            old.Dispose();
        kept[name] = value.detach().DetachFromDisposeScope();
    }

    /// <summary>Forgets all values: the iteration is over.</summary>
    public void Clear()
    {
        foreach (var value in kept.Values)
            value.Dispose();
        kept.Clear();
    }
}
