using static TorchSharp.torch;

namespace PluginGan;

/// <summary>The base of everything that a plugin makes.</summary>
public abstract class Component : IDisposable
{
    /// <summary>
    /// Buffers that the component changes in place while training: an image pool, a running mean, an adaptive strength.
    /// The host moves them to the device and checkpoints them. Nothing else in a component survives a resume.
    /// </summary>
    public virtual nn.Module? State => null;

    /// <summary>
    /// Learns from the training data what <see cref="State"/> holds from the start: scales of columns, frequencies, a covariance. Called once for each component of a new run, before
    /// the first iteration; a resumed run has its state from the checkpoint. Buffers are filled in place, wherever they lie, and keep the shapes that they were made with. Random draws
    /// use torch's global generator of the CPU, which the host has seeded.
    /// </summary>
    /// <param name="data">The training data; it stays the host's.</param>
    /// <exception cref="ComponentException">The data does not allow it; the message says what would.</exception>
    public virtual void Learn(Dataset data)
    {
    }

    /// <summary>Releases what the component holds.</summary>
    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Releases what the component holds. The host disposes <see cref="State"/> and the networks itself.</summary>
    protected virtual void Dispose(bool disposing)
    {
    }
}
