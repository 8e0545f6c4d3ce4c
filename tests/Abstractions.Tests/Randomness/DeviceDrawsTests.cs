using NUnit.Framework;
using TorchSharp;
using static TorchSharp.torch;

namespace PluginGan.Abstractions.Tests.Randomness;

/// <summary>What a GPU would draw for itself, computed on the CPU by the same operations.</summary>
public class DeviceDrawsTests
{
    private static readonly DrawPlace[] Places = [new(0, 0, 0), new(0x299f31d0a4093822, 0x85a308d3, 0x0370734413198a2e), new(ulong.MaxValue, uint.MaxValue, 7)];

    [Test]
    public void A_device_draws_the_whole_numbers_of_the_host([Values(0, 1, 2)] int where, [Values(1, 6, 101)] int size, [Values(1L, 1000L, 1L << 31)] long below)
    {
        using var scope = NewDisposeScope();
        var place = Places[where];
        var expected = new long[9 * size];
        HostDraws.Integers(place, size, below, expected);

        Assert.That(DeviceDraws.Integers(place, 9, size, below, CPU).data<long>().ToArray(), Is.EqualTo(expected));
    }

    [Test]
    public void A_device_draws_the_uniform_values_of_the_host([Values(0, 1, 2)] int where, [Values(1, 6, 101)] int size)
    {
        using var scope = NewDisposeScope();
        var place = Places[where];
        var expected = new float[9 * size];
        HostDraws.Uniform(place, size, expected);

        Assert.That(DeviceDraws.Uniform(place, 9, size, CPU).data<float>().ToArray(), Is.EqualTo(expected));
    }

    [Test]
    public void A_device_draws_the_normal_values_of_the_host_up_to_rounding([Values(0, 1, 2)] int where)
    {
        using var scope = NewDisposeScope();
        const int Size = 20_001;
        var place = Places[where];
        var expected = new float[3 * Size];
        HostDraws.Normal(place, Size, expected);

        var drawn = DeviceDraws.Normal(place, 3, Size, CPU).data<float>().ToArray();

        Assert.That(drawn.Zip(expected, (one, other) => Math.Abs(one - other) / Math.Max(float.BitIncrement(Math.Abs(one)) - Math.Abs(one), 1e-10)).Max(), Is.LessThanOrEqualTo(4));
    }

    // The device without memory stands for a GPU.
    [Test]
    public void Draws_on_another_device_are_there([Values(3, Draws.LongRow)] long size)
    {
        using var scope = NewDisposeScope();
        var device = new Device(DeviceType.META);
        foreach (var drawn in new[] { Draws.Normal(2, [size], device), Draws.Uniform(2, [size], device), Draws.Integers(2, [size], 9, device) })
            Assert.That((drawn.device_type, drawn.shape), Is.EqualTo((DeviceType.META, new long[] { 2, size })));
    }
}
