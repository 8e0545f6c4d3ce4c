using TorchSharp;
using static TorchSharp.torch;

namespace PluginGan.Training.Tests;

/// <summary>Images of 3×16×16 with bytes drawn at random.</summary>
internal sealed class NoiseImages() : TensorDataset(new DataSpec(new ImageSpec(3, 16, 16), ConditionSpec.None), Draw())
{
    private static Tensor Draw()
    {
        using var generator = new Generator(5, CPU);
        return randint(0, 256, [256, 3, 16, 16], dtype: ScalarType.Byte, generator: generator);
    }
}
