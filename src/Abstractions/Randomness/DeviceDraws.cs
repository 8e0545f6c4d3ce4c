using TorchSharp;
using static TorchSharp.torch;

namespace PluginGan;

/// <summary>
/// The draws of <see cref="HostDraws"/> as operations on tensors of 64-bit integers, for long rows on a device: the same words to the last
/// bit, normal values to rounding. The host queues some hundred operations, whatever the size, and waits for none.
/// </summary>
internal static class DeviceDraws
{
    private static readonly Scalar First = (long)Philox.FirstMultiplier, Second = (long)Philox.SecondMultiplier;
    private static readonly Scalar Zero = 0L, One = 1L, MinusTwo = -2.0, Unit = (double)BoxMuller.Unit, Turn = 2 * Math.PI / (1 << 24);

    // Tensors of the CPU without dimensions go to a kernel as numbers: nothing is copied to the device.
    private static readonly Tensor Low = Constant(uint.MaxValue).DetachFromDisposeScope(), Half = Constant(32).DetachFromDisposeScope(), Dropped = Constant(8).DetachFromDisposeScope();

    /// <summary>float32 [rows, size].</summary>
    public static Tensor Normal(DrawPlace place, long rows, long size, Device device)
    {
        var words = Words(place, rows, size, device);
        // In float64, so that the angle is exact.
        var (radius, angle) = (Upper(words, 0), Upper(words, 1));
        var length = radius.add(One, One).mul(Unit).log().mul(MinusTwo).sqrt();
        var turned = angle.mul(Turn);
        return Rows(stack([length * turned.cos(), length * turned.sin()], -1), rows, size).to(ScalarType.Float32);

        // The first or the second word of each pair: [rows, blocks, 2]
        static Tensor Upper(Tensor words, long which) => words.unflatten(2, 2, 2).select(-1, which).bitwise_right_shift(Dropped).to(ScalarType.Float64);
    }

    /// <summary>float32 [rows, size], in [0, 1).</summary>
    public static Tensor Uniform(DrawPlace place, long rows, long size, Device device) =>
        Rows(Words(place, rows, size, device), rows, size).bitwise_right_shift(Dropped).to(ScalarType.Float32).mul(Unit);

    /// <summary>int64 [rows, size], 0 to below - 1; below is at most 2³¹.</summary>
    public static Tensor Integers(DrawPlace place, long rows, long size, long below, Device device)
    {
        using Scalar range = below;
        return Rows(Words(place, rows, size, device), rows, size).mul(range).bitwise_right_shift(Half);
    }

    /// <summary>int64 [rows, blocks, 4]</summary>
    private static Tensor Words(DrawPlace place, long rows, long size, Device device)
    {
        var row = Range(place.FirstRow, rows, device).unsqueeze(1);
        var x0 = Range(0, (size + Philox.Words - 1) / Philox.Words, device).unsqueeze(0);
        var x1 = Constant(place.Stream);
        var x2 = row.bitwise_and(Low);
        var x3 = row.bitwise_right_shift(Half);
        var (k0, k1) = ((uint)place.Seed, (uint)(place.Seed >> 32));
        for (var round = 0; round < Philox.Rounds; round++)
        {
            var (first, second) = (x0.mul(First), x2.mul(Second));
            // Only what is multiplied must be free of what lies above the lower 32 bits.
            (x0, x1) = (second.bitwise_right_shift(Half).bitwise_xor(x1).bitwise_xor(Constant(k0)).bitwise_and(Low), second);
            (x2, x3) = (first.bitwise_right_shift(Half).bitwise_xor(x3).bitwise_xor(Constant(k1)).bitwise_and(Low), first);
            (k0, k1) = (unchecked(k0 + Philox.FirstWeyl), unchecked(k1 + Philox.SecondWeyl));
        }
        return stack([x0, x1.bitwise_and(Low), x2, x3.bitwise_and(Low)], -1);
    }

    // [rows, blocks, ...] as rows of the wanted size: what the last block has too much is left out.
    private static Tensor Rows(Tensor numbers, long rows, long size) => numbers.reshape(rows, -1).narrow(1, 0, size);

    private static Tensor Range(long first, long count, Device device)
    {
        using Scalar start = first;
        using Scalar stop = first + count;
        return arange(start, stop, One, ScalarType.Int64, device);
    }

    private static Tensor Constant(long value)
    {
        using Scalar number = value;
        return full([], number, ScalarType.Int64, CPU);
    }
}
