using static TorchSharp.torch;

namespace PluginGan.Layers;

/// <summary>What a class-conditional network must be given.</summary>
public static class Given
{
    /// <summary>The classes [N] (int64) that a network was called with.</summary>
    /// <exception cref="ComponentException">It was called with none.</exception>
    public static Tensor Classes(Tensor? condition) =>
        condition ?? throw new ComponentException("the model is class-conditional: it needs the class of each sample, but was given none");
}
