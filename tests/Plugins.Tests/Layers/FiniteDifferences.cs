using NUnit.Framework;
using TorchSharp;
using static TorchSharp.torch;

namespace PluginGan.Plugins.Tests.Layers;

/// <summary>Holds gradients in float64 against central differences.</summary>
internal static class FiniteDifferences
{
    // Wide ones may meet the kink of an activation, narrow ones the rounding: a right gradient agrees with one of them, a wrong one with none.
    private static readonly double[] Widths = [1e-5, 1e-6, 1e-7];

    /// <summary>Asserts that the derivative of a scalar along a random direction of each of these leaves is what backward says, and that no gradient vanishes.</summary>
    public static void AssertAgree(IEnumerable<(string Name, Tensor Leaf)> leaves, Func<Tensor> scalar)
    {
        var all = leaves.ToList();
        var value = scalar();
        value.backward();
        var rounding = 1e-9 * Math.Max(1, Math.Abs(value.item<double>()));
        Assert.Multiple(() =>
        {
            foreach (var (name, leaf) in all)
            {
                Assert.That(leaf.dtype, Is.EqualTo(float64), name);
                Assert.That(leaf.grad is not null && leaf.grad.abs().max().item<double>() > 1e-6, Is.True, $"{name} has no gradient");
                var direction = nn.functional.normalize(randn_like(leaf).flatten(), dim: 0).reshape(leaf.shape);
                var slope = (leaf.grad! * direction).sum().item<double>();
                var differences = Widths.Select(width => (Moved(leaf, direction * width) - Moved(leaf, direction * -width)) / (2 * width)).ToList();
                Assert.That(differences, Has.Some.EqualTo(slope).Within(rounding + (1e-5 * Math.Abs(slope))), name);
            }
        });

        double Moved(Tensor leaf, Tensor by)
        {
            var kept = leaf.detach().clone();
            using (no_grad())
                leaf.add_(by);
            var moved = scalar().item<double>();
            using (no_grad())
                leaf.copy_(kept);
            return moved;
        }
    }

    /// <summary>The parameters of a module, made float64.</summary>
    public static IEnumerable<(string Name, Tensor Leaf)> Leaves(nn.Module module) =>
        module.to(float64).named_parameters().Select(entry => (entry.name, (Tensor)entry.parameter));
}
