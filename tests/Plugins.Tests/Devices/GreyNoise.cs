using TorchSharp;
using static TorchSharp.torch;

namespace PluginGan.Plugins.Tests.Devices;

/// <summary>Images of 1×28×28 with bytes drawn at random, of two classes.</summary>
internal sealed class GreyNoise() : TensorDataset(
    new DataSpec(new ImageSpec(1, 28, 28), new ClassCondition(["a", "b"])),
    randint(0, 256, [64, 1, 28, 28], dtype: ScalarType.Byte),
    arange(64, dtype: ScalarType.Int64).remainder_(2));
