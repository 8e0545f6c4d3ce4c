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
