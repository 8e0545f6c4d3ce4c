using static TorchSharp.torch;

namespace PluginGan;

/// <summary>A dataset whose samples are one tensor in memory: what a plugin returns that has read or drawn all of them.</summary>
/// <example><code>new TensorDataset(new DataSpec(new VectorSpec(2), ConditionSpec.None), points)</code></example>
public class TensorDataset : Dataset, IInMemory
{
    /// <param name="spec">What it yields.</param>
    /// <param name="samples">All samples in their storage type, [Count, ...]. They belong to the dataset from now on, whatever scope they were made in.</param>
    /// <param name="conditions">All conditions, first dimension Count, or null; these belong to it too.</param>
    /// <exception cref="ArgumentException">There is no sample, or there are not as many conditions as samples.</exception>
    public TensorDataset(DataSpec spec, Tensor samples, Tensor? conditions = null)
    {
        if (samples.dim() == 0 || samples.shape[0] == 0)
            throw new ArgumentException($"there must be at least one sample: [Count, ...], but the shape is [{string.Join(", ", samples.shape)}]", nameof(samples));
        if (conditions is not null && conditions.shape[0] != samples.shape[0])
            throw new ArgumentException($"there are {samples.shape[0]} samples, but {conditions.shape[0]} conditions", nameof(conditions));
        Spec = spec;
        // Whoever opens the data may do so within a scope of its own; the tensors live as long as the dataset.
        Samples = samples.DetachFromDisposeScope();
        Conditions = conditions?.DetachFromDisposeScope();
    }

    /// <inheritdoc/>
    public override DataSpec Spec { get; }

    /// <inheritdoc/>
    public override long Count => Samples.shape[0];

    /// <inheritdoc/>
    public Tensor Samples { get; }

    /// <inheritdoc/>
    public Tensor? Conditions { get; }

    /// <inheritdoc/>
    public override Batch Read(ReadOnlySpan<long> indices, ulong seed)
    {
        using var rows = tensor(indices.ToArray());
        return new Batch(Samples.index_select(0, rows), Conditions?.index_select(0, rows));
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        Samples.Dispose();
        Conditions?.Dispose();
        base.Dispose(disposing);
    }
}
