using static TorchSharp.torch;

namespace PluginGan;

/// <summary>What an <see cref="Optimizer"/> works on. Its tensors belong to the host: change them in place.</summary>
public abstract class OptimizerStep
{
    /// <summary>The weights of the network, [n]. Between slices there may be padding, which is zero and whose gradient is zero.</summary>
    public abstract Tensor Weights { get; }

    /// <summary>Their gradient, [n]; may be overwritten.</summary>
    public abstract Tensor Gradient { get; }

    /// <summary>Where each parameter lies in the buffers.</summary>
    public abstract IReadOnlyList<WeightSlice> Slices { get; }

    /// <summary>Which step of this network it is, counted from 1.</summary>
    public abstract long Number { get; }

    /// <summary>The learning rate of this step.</summary>
    public abstract double Rate { get; }

    /// <summary>Where the run stands, for options that follow a <see cref="Schedule"/>.</summary>
    public abstract TrainingTime Time { get; }

    /// <summary>A buffer of <see cref="Optimizer.Moments"/>, [n].</summary>
    /// <exception cref="KeyNotFoundException">There is none of that name.</exception>
    public abstract Tensor Moment(string name);
}
