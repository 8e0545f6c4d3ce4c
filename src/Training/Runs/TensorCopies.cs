using static TorchSharp.torch;

namespace PluginGan.Training;

/// <summary>
/// Copies of tensors in the memory of the host, each contiguous: writing them takes no kernel, so that a thread beside the training's does
/// not fight with it over the cores.
/// </summary>
internal sealed class TensorCopies : IDisposable
{
    /// <param name="tensors">Tensors of any device and layout.</param>
    public TensorCopies(IReadOnlyDictionary<string, Tensor> tensors)
    {
        using var scope = NewDisposeScope();
        using var quiet = no_grad();
        Tensors = tensors.ToDictionary(entry => entry.Key, entry => empty(entry.Value.shape, dtype: entry.Value.dtype).copy_(entry.Value).DetachFromDisposeScope(), StringComparer.Ordinal);
    }

    /// <summary>The copies by name.</summary>
    public IReadOnlyDictionary<string, Tensor> Tensors { get; }

    public void Dispose()
    {
        foreach (var tensor in Tensors.Values)
            tensor.Dispose();
    }
}
