namespace PluginGan;

/// <summary>
/// A finite set of samples that are read by index. The host draws the order (a permutation for each epoch), moves batches to the
/// device and scales bytes; a dataset only reads. Where everything fits into memory, implement <see cref="IInMemory"/> too.
/// </summary>
public abstract class Dataset : Component
{
    /// <summary>What it yields.</summary>
    public abstract DataSpec Spec { get; }

    /// <summary>How many samples there are, at least 1.</summary>
    public abstract long Count { get; }

    /// <summary>
    /// The files that samples are read from; empty where they come from none. The host keeps a fingerprint of them with each checkpoint
    /// and tells when a run is to go on with others. A dataset that is made of others names theirs.
    /// </summary>
    public virtual IReadOnlyList<DataSource> Sources { get; init; } = [];

    /// <summary>Reads samples on the CPU, in their storage type (bytes for images). Called from one thread at a time, not always the same one.</summary>
    /// <param name="indices">Positions, each 0 to <see cref="Count"/> - 1; repeats are allowed.</param>
    /// <param name="seed">For what is drawn while reading: crops, partners in unpaired data. Equal seeds give equal batches.</param>
    /// <exception cref="ComponentException">A sample cannot be read; the message names it.</exception>
    public abstract Batch Read(ReadOnlySpan<long> indices, ulong seed);
}
