namespace PluginGan;

/// <summary>A <see cref="Dataset"/> that is sampled by a rule of its own instead of a permutation for each epoch (CTGAN's training-by-sampling).</summary>
public interface IDrawsBatches
{
    /// <summary>Draws <paramref name="count"/> samples on the CPU. Equal seeds give equal batches.</summary>
    Batch Draw(int count, ulong seed);
}
