using NUnit.Framework;
using PluginGan.Host.Runs;
using PluginGan.Training;
using TorchSharp;

namespace PluginGan.Host.Tests;

public class DeviceChoiceTests
{
    private static readonly TorchBuild CpuBuild = new("2.10.0", null);
    private static readonly TorchBuild CudaBuild = new("2.10.0", "12.8");

    [TestCase("cpu", 0, DeviceType.CPU, -1)]
    [TestCase("cpu", 2, DeviceType.CPU, -1)]
    [TestCase("auto", 0, DeviceType.CPU, -1)]
    [TestCase("auto", 2, DeviceType.CUDA, 0)]
    [TestCase("cuda", 2, DeviceType.CUDA, 0)]
    [TestCase("cuda:1", 2, DeviceType.CUDA, 1)]
    public void A_device_is_found_by_its_name(string name, int gpus, DeviceType type, int index)
    {
        var device = DeviceChoice.Parse(name, gpus, () => throw new InvalidOperationException());

        Assert.That((device.type, device.index), Is.EqualTo((type, index)));
    }

    [TestCase("CUDA", 1, "use auto, cpu, cuda or cuda:N")]
    [TestCase("cuda:", 1, "use auto, cpu, cuda or cuda:N")]
    [TestCase("cuda:-1", 1, "use auto, cpu, cuda or cuda:N")]
    [TestCase("cuda:2", 2, "libtorch sees 2 GPUs, cuda:0, cuda:1")]
    [TestCase("cuda:1", 1, "libtorch sees 1 GPU, cuda:0")]
    [TestCase("cuda", 0, "because of the weather, or use --device cpu")]
    [TestCase("cuda:0", 0, "because of the weather, or use --device cpu")]
    public void A_device_that_cannot_be_had_is_refused_with_what_would_be_right(string name, int gpus, string expected) =>
        Assert.That(() => DeviceChoice.Parse(name, gpus, () => "because of the weather"), Throws.TypeOf<UsageException>().With.Message.Contains($"'{name}'").And.Message.Contains(expected));

    [Test]
    public void A_build_for_the_CPU_is_named_as_the_reason() =>
        Assert.That(DeviceChoice.WhyNone(CpuBuild, null), Does.Contain("libtorch 2.10.0 (CPU build)").And.Contain("-p:Torch=cuda-linux").And.Contain(NativeTorch.Variable));

    [Test]
    public void A_missing_driver_is_named_as_the_reason() =>
        Assert.That(DeviceChoice.WhyNone(CudaBuild, null), Does.Contain("libtorch 2.10.0 (CUDA 12.8)").And.Contain("driver is not installed"));
}
