using TorchSharp;
using static TorchSharp.torch;

namespace PluginGan.Training;

/// <summary>The exponential moving average (EMA) of the parameters of the generating networks. Buffers of the networks are taken as they are.</summary>
internal sealed class MovingAverage : IDisposable
{
    private readonly IReadOnlyList<(string Role, FlatParameters Parameters, Tensor Average)> averages;

    /// <param name="networks">The networks to average.</param>
    /// <param name="roles">Which of them.</param>
    public MovingAverage(NetworkSet networks, IEnumerable<string> roles)
    {
        using var quiet = no_grad();
        averages = [.. roles.SelectMany(networks.Buffers, (role, buffer) => (role, buffer, buffer.Weights.clone().DetachFromDisposeScope()))];
    }

    /// <summary>The averages by name, as a checkpoint keeps them.</summary>
    public IEnumerable<(string Name, Tensor Value)> State =>
        averages.SelectMany(entry => entry.Parameters.Named(entry.Average), (entry, slice) => ($"{entry.Role}.{slice.Name}", slice.Value));

    /// <summary>Moves the averages towards the parameters.</summary>
    /// <param name="decay">The share of the old average that stays, 0 to 1.</param>
    public void Update(double decay)
    {
        using var quiet = no_grad();
        using Scalar keep = decay, add = 1 - decay;
        foreach (var (_, parameters, average) in averages)
            average.mul_(keep).add_(parameters.Weights, add);
    }

    /// <summary>Puts the averages in the networks' place and the parameters in the averages'; a second call undoes it, bit for bit.</summary>
    public void Swap()
    {
        using var scope = NewDisposeScope();
        using var quiet = no_grad();
        foreach (var (_, parameters, average) in averages)
        {
            var kept = parameters.Weights.clone();
            parameters.Weights.copy_(average);
            average.copy_(kept);
        }
    }

    public void Dispose()
    {
        foreach (var (_, _, average) in averages)
            average.Dispose();
    }
}
