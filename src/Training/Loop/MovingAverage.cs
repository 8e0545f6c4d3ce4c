using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace PluginGan.Training;

/// <summary>The exponential moving average (EMA) of the parameters of the generating networks. Buffers are taken as they are.</summary>
internal sealed class MovingAverage : IDisposable
{
    private readonly Scalar decay, oneMinusDecay;
    private readonly IReadOnlyList<(string Name, Parameter Value, Tensor Average)> parameters;

    /// <param name="networks">The networks to average, by role.</param>
    /// <param name="decay">The share of the old average that stays at each update, 0 to 1.</param>
    public MovingAverage(IEnumerable<KeyValuePair<string, nn.Module>> networks, double decay)
    {
        (this.decay, oneMinusDecay) = (decay, 1 - decay);
        parameters = [.. networks.SelectMany(network => network.Value.named_parameters(), (network, entry) =>
            ($"{network.Key}.{entry.name}", entry.parameter, entry.parameter.detach().clone().DetachFromDisposeScope()))];
    }

    /// <summary>The averages by name, as a checkpoint keeps them.</summary>
    public IEnumerable<(string Name, Tensor Value)> State => parameters.Select(p => (p.Name, p.Average));

    /// <summary>Moves the averages towards the parameters.</summary>
    public void Update()
    {
        using var quiet = no_grad();
        foreach (var (_, value, average) in parameters)
            average.mul_(decay).add_(value, oneMinusDecay);
    }

    /// <summary>Puts the averages in the networks' place and the parameters in the averages'; a second call undoes it, bit for bit.</summary>
    public void Swap()
    {
        using var scope = NewDisposeScope();
        using var quiet = no_grad();
        foreach (var (_, value, average) in parameters)
        {
            var kept = value.clone();
            value.copy_(average);
            average.copy_(kept);
        }
    }

    public void Dispose()
    {
        foreach (var (_, _, average) in parameters)
            average.Dispose();
        decay.Dispose();
        oneMinusDecay.Dispose();
    }
}
