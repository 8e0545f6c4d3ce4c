using System.Buffers.Binary;
using System.IO.Hashing;
using System.Runtime.InteropServices;

namespace PluginGan.Training;

/// <summary>
/// Randomness without state: every draw is a function of what it is for. A seed is the XxHash64 of the run's seed, a purpose and
/// counters, so a resumed run draws what the interrupted one would have drawn.
/// </summary>
public static class Seeds
{
    /// <summary>The seed for a purpose.</summary>
    /// <param name="run">The run's seed.</param>
    /// <param name="purpose">What is drawn: <c>data</c>, <c>d/latent</c>, <c>sheet</c>.</param>
    /// <param name="first">The first counter: the iteration, or the epoch.</param>
    /// <param name="second">The second counter: the repeat.</param>
    /// <param name="third">The third counter: the micro-batch.</param>
    /// <param name="fourth">The fourth counter: which draw of this purpose it is.</param>
    public static ulong Of(ulong run, string purpose, long first = 0, long second = 0, long third = 0, long fourth = 0)
    {
        Span<byte> counters = stackalloc byte[5 * sizeof(long)];
        BinaryPrimitives.WriteUInt64LittleEndian(counters, run);
        BinaryPrimitives.WriteInt64LittleEndian(counters[8..], first);
        BinaryPrimitives.WriteInt64LittleEndian(counters[16..], second);
        BinaryPrimitives.WriteInt64LittleEndian(counters[24..], third);
        BinaryPrimitives.WriteInt64LittleEndian(counters[32..], fourth);
        return XxHash64.HashToUInt64(MemoryMarshal.AsBytes(purpose.AsSpan()), (long)XxHash64.HashToUInt64(counters));
    }
}
