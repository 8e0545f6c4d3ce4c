using TorchSharp;
using static TorchSharp.torch;

namespace PluginGan.Training;

/// <summary>The weights of one network with all that moves them: gradients, clipping, the optimiser's rule and its moments.</summary>
internal sealed class NetworkWeights : IDisposable
{
    private readonly string role;
    private readonly NetworkOptimizer optimizer;
    private readonly IReadOnlyList<FlatParameters> buffers;
    private readonly Part[] parts;
    private readonly nn.Module network;
    private Memory? memory;

    public NetworkWeights(string role, nn.Module network, IReadOnlyList<FlatParameters> buffers, NetworkOptimizer optimizer)
    {
        (this.role, this.network, this.buffers, this.optimizer) = (role, network, buffers, optimizer);
        parts = [.. buffers.Select(buffer => new Part(buffer, optimizer.Rule.Moments))];
    }

    /// <summary>The optimiser's rule.</summary>
    public Optimizer Rule => optimizer.Rule;

    /// <summary>Steps made so far.</summary>
    public long Steps { get; set; }

    /// <summary>What the scheduled learning rate is multiplied by.</summary>
    public double RateFactor { get; set; } = 1;

    /// <summary>The L2 norm of all weights, a float32 scalar.</summary>
    public Tensor Norm => GradientChecks.Norm([.. buffers.Select(buffer => buffer.Weights)]);

    /// <summary>The rule's moments by parameter and name, as a checkpoint keeps them.</summary>
    public IEnumerable<(string Name, Tensor Value)> State => parts.SelectMany(part => part.State);

    public void ZeroGrad()
    {
        using var scope = NewDisposeScope();
        using var quiet = no_grad();
        foreach (var buffer in buffers)
            buffer.Gradients.zero_();
    }

    /// <summary>Measures, checks and clips the gradients, and moves the weights.</summary>
    /// <param name="time">Where the run stands.</param>
    /// <param name="report">Told the norm of the gradients before clipping, and whether they had to be masked (0 or 1).</param>
    public void Step(TrainingTime time, Action<string, Tensor> report)
    {
        using var scope = NewDisposeScope();
        using var quiet = no_grad();
        Steps++;
        var norm = GradientChecks.Norm([.. buffers.Select(buffer => buffer.Gradients)]);
        var broken = GradientChecks.Mask(buffers, norm);
        report($"gradient/{role}", norm);
        report($"masked/{role}", broken);
        if (optimizer.Clip is { } clip)
            GradientChecks.Clip(buffers, clip, norm);
        var rate = RateFactor * optimizer.Rate.At(time);
        foreach (var part in parts)
        {
            part.At(Steps, rate, time);
            optimizer.Rule.Step(part);
        }
    }

    /// <summary>Remembers weights, moments and the network's own buffers as they are, unless an earlier state is remembered already.</summary>
    public void Remember()
    {
        if (memory is not null)
            return;
        using var quiet = no_grad();
        var live = buffers.Select(buffer => buffer.Weights).Concat(parts.SelectMany(part => part.Moments)).Concat(network.buffers());
        memory = new Memory([.. live.Select(tensor => (tensor, tensor.clone().DetachFromDisposeScope()))], Steps);
    }

    /// <summary>Puts back what is remembered, if anything is, and forgets it.</summary>
    public void Revert()
    {
        if (memory is null)
            return;
        using var quiet = no_grad();
        foreach (var (live, before) in memory.Tensors)
        {
            live.copy_(before);
            before.Dispose();
        }
        (Steps, memory) = (memory.Steps, null);
    }

    public void Dispose()
    {
        Revert();
        foreach (var part in parts)
            part.Dispose();
    }

    private sealed record Memory(IReadOnlyList<(Tensor Live, Tensor Before)> Tensors, long Steps);

    /// <summary>One buffer as the rule sees it.</summary>
    private sealed class Part(FlatParameters buffer, IReadOnlyList<string> names) : OptimizerStep, IDisposable
    {
        private readonly Dictionary<string, Tensor> moments = names.ToDictionary(name => name, _ => zeros_like(buffer.Weights).DetachFromDisposeScope(), StringComparer.Ordinal);
        private long number;
        private double rate;
        private TrainingTime time;

        public override Tensor Weights => buffer.Weights;

        public override Tensor Gradient => buffer.Gradients;

        public override IReadOnlyList<WeightSlice> Slices => buffer.Slices;

        public override long Number => number;

        public override double Rate => rate;

        public override TrainingTime Time => time;

        public IEnumerable<(string Name, Tensor Value)> State =>
            moments.SelectMany(moment => buffer.Named(moment.Value), (moment, slice) => ($"{slice.Name}/{moment.Key}", slice.Value));

        public IEnumerable<Tensor> Moments => moments.Values;

        public override Tensor Moment(string name) => moments[name];

        public void At(long number, double rate, TrainingTime time) => (this.number, this.rate, this.time) = (number, rate, time);

        public void Dispose()
        {
            foreach (var moment in moments.Values)
                moment.Dispose();
        }
    }
}
