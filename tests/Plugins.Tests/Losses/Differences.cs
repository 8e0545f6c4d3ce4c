using TorchSharp;
using static TorchSharp.torch;

namespace PluginGan.Plugins.Tests;

/// <summary>Derivatives in float64 by central differences, to hold gradients against.</summary>
internal static class Differences
{
    private const double Width = 1e-5;

    /// <summary>The derivative of a value by each element of a tensor that it is computed from, which is changed in place and put back.</summary>
    public static double[] By(Tensor tensor, Func<double> value)
    {
        var flat = tensor.detach().flatten();
        return [.. Enumerable.Range(0, (int)flat.NumberOfElements).Select(index =>
        {
            var element = flat.narrow(0, index, 1);
            element.add_(Width);
            var above = value();
            element.sub_(2 * Width);
            var below = value();
            element.add_(Width);
            return (above - below) / (2 * Width);
        })];
    }
}
