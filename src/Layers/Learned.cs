using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace PluginGan.Layers;

/// <summary>Makes parameters for layers of one's own.</summary>
public static class Learned
{
    /// <summary>A parameter with these values at first, [...]. It outlives the dispose scope that its network is made in.</summary>
    public static Parameter From(Tensor initial)
    {
        var parameter = nn.Parameter(initial);
        parameter.DetachFromDisposeScope();
        return parameter;
    }
}
