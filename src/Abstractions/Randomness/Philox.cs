using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace PluginGan;

/// <summary>
/// Philox4x32-10 (Salmon, Moraes, Dror and Shaw, "Parallel random numbers: as easy as 1, 2, 3", SC 2011, doi:10.1145/2063384.2063405): four
/// 32-bit words of a 128-bit counter and a 64-bit key. Nothing is remembered between two counters, so that numbers can be had in any order
/// and in any number.
/// </summary>
internal static class Philox
{
    /// <summary>Words that one counter gives.</summary>
    public const int Words = 4;

    /// <summary>Counters that are computed together; callers give a multiple of them.</summary>
    public const int Lanes = 8;

    public const int Rounds = 10;
    public const uint FirstMultiplier = 0xD2511F53, SecondMultiplier = 0xCD9E8D57;
    public const uint FirstWeyl = 0x9E3779B9, SecondWeyl = 0xBB67AE85;

    private const int Half = 32;

    /// <summary>The words of counters (block, stream, low and high half of a row).</summary>
    /// <param name="block">The first words of the counters, a multiple of <see cref="Lanes"/>.</param>
    /// <param name="stream">The second word of all of them.</param>
    /// <param name="rowLow">The third words.</param>
    /// <param name="rowHigh">The fourth words.</param>
    /// <param name="key">The key.</param>
    /// <param name="words">The first words of all counters, then the second ones and so on, each at a distance of <paramref
    /// name="stride"/>.</param>
    /// <param name="stride">The distance.</param>
    public static void Fill(ReadOnlySpan<uint> block, uint stream, ReadOnlySpan<uint> rowLow, ReadOnlySpan<uint> rowHigh, ulong key, Span<uint> words, int stride)
    {
        for (var at = 0; at < block.Length; at += Lanes)
        {
            var (c0, c2, c3) = (Load(block, at), Load(rowLow, at), Load(rowHigh, at));
            // A lane of 64 bits computes one counter and looks at its lower half alone: the even counters as they lie, the odd ones shifted
            // down.
            var (even, odd) = (new State(c0, Vector256.Create((ulong)stream), c2, c3), new State(c0 >> Half, Vector256.Create((ulong)stream), c2 >> Half, c3 >> Half));
            var (k0, k1) = (Vector256.Create(key), Vector256.Create(key >> Half));
            for (var round = 0; round < Rounds; round++)
            {
                even = even.Next(k0, k1);
                odd = odd.Next(k0, k1);
                k0 += Vector256.Create((ulong)FirstWeyl);
                k1 += Vector256.Create((ulong)SecondWeyl);
            }
            Store(even.C0, odd.C0, words, at);
            Store(even.C1, odd.C1, words, stride + at);
            Store(even.C2, odd.C2, words, 2 * stride + at);
            Store(even.C3, odd.C3, words, 3 * stride + at);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<ulong> Load(ReadOnlySpan<uint> from, int at) => Vector256.LoadUnsafe(ref MemoryMarshal.GetReference(from), (nuint)at).AsUInt64();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store(Vector256<ulong> even, Vector256<ulong> odd, Span<uint> into, int at) =>
        ((even & Vector256.Create((ulong)uint.MaxValue)) | (odd << Half)).AsUInt32().StoreUnsafe(ref MemoryMarshal.GetReference(into), (nuint)at);

    // The lower halves multiplied; the upper ones may hold anything.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<ulong> Product(Vector256<ulong> values, uint multiplier) => Avx2.IsSupported
        ? Avx2.Multiply(values.AsUInt32(), Vector256.Create((ulong)multiplier).AsUInt32())
        : (values & Vector256.Create((ulong)uint.MaxValue)) * Vector256.Create((ulong)multiplier);

    /// <summary>Four counters in the midst of their rounds.</summary>
    private readonly struct State(Vector256<ulong> c0, Vector256<ulong> c1, Vector256<ulong> c2, Vector256<ulong> c3)
    {
        public readonly Vector256<ulong> C0 = c0, C1 = c1, C2 = c2, C3 = c3;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public State Next(Vector256<ulong> k0, Vector256<ulong> k1)
        {
            var (first, second) = (Product(C0, FirstMultiplier), Product(C2, SecondMultiplier));
            return new State((second >> Half) ^ C1 ^ k0, second, (first >> Half) ^ C3 ^ k1, first);
        }
    }
}
