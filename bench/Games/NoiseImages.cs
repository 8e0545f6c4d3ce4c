using TorchSharp;
using static TorchSharp.torch;

namespace PluginGan.Bench.Games;

/// <summary>Grey images of 28×28 with bytes drawn at random: how long a step takes does not depend on what is in them, and no file is needed.</summary>
internal sealed class NoiseImages() : TensorDataset(new DataSpec(new ImageSpec(1, 28, 28), ConditionSpec.None), Draw(10_000))
{
    private static Tensor Draw(long count)
    {
        using var generator = new Generator(1, CPU);
        return randint(0, 256, [count, 1, 28, 28], dtype: ScalarType.Byte, generator: generator);
    }
}
