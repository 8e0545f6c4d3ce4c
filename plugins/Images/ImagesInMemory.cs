using static TorchSharp.torch;

namespace PluginGan.Plugins.Images;

/// <summary>Images of one size, each with its class or all without, held in memory.</summary>
internal sealed class ImagesInMemory : Dataset, IInMemory
{
    /// <param name="samples">uint8 [N, C, H, W]; it belongs to the dataset from now on.</param>
    /// <param name="labels">N classes, or null for unlabelled data.</param>
    /// <param name="condition">What the labels mean.</param>
    public ImagesInMemory(Tensor samples, long[]? labels, ConditionSpec condition)
    {
        Spec = new DataSpec(new ImageSpec((int)samples.shape[1], (int)samples.shape[2], (int)samples.shape[3]), condition);
        // Whoever opens the data may do so within a scope of its own; the tensors live as long as the dataset.
        Samples = samples.DetachFromDisposeScope();
        Conditions = labels is null ? null : tensor(labels).DetachFromDisposeScope();
    }

    /// <inheritdoc/>
    public override DataSpec Spec { get; }

    /// <inheritdoc/>
    public override long Count => Samples.shape[0];

    /// <summary>uint8 [N, C, H, W].</summary>
    public Tensor Samples { get; }

    /// <summary>int64 [N], or null.</summary>
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
