using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace PluginGan;

/// <summary>
/// Draws in memory. Element e of a row is made of word e mod 4 of block e / 4 of that row; blocks stand side by side in vectors whatever
/// row they are of. Every block goes through the same instructions, also one that fills up a vector and is thrown away, so that a number
/// does not depend on how many are drawn.
/// </summary>
internal static class HostDraws
{
    // Blocks at a time: their words stay in the nearest cache.
    private const int Together = 64;

    private delegate void Conversion<T>(ReadOnlySpan<uint> words, int blocks, Span<T> numbers);

    public static void Normal(DrawPlace place, int size, Span<float> into) => Fill(place, size, into, ToNormal);

    public static void Uniform(DrawPlace place, int size, Span<float> into) => Fill(place, size, into, ToUniform);

    /// <summary>Whole numbers from 0 to below - 1; below is at most 2³¹.</summary>
    public static void Integers(DrawPlace place, int size, long below, Span<long> into) => Fill<long>(place, size, into, (words, _, numbers) =>
    {
        for (var at = 0; at < words.Length; at++)
            numbers[at] = (long)(words[at] * (ulong)below >> 32);
    });

    /// <param name="place">Where the draw stands.</param>
    /// <param name="size">The elements of a row.</param>
    /// <param name="into">Whole rows.</param>
    /// <param name="convert">Makes numbers of words.</param>
    private static void Fill<T>(DrawPlace place, int size, Span<T> into, Conversion<T> convert)
        where T : unmanaged
    {
        if (into.IsEmpty)
            return;
        Span<uint> block = stackalloc uint[Together], rowLow = stackalloc uint[Together], rowHigh = stackalloc uint[Together], words = stackalloc uint[Philox.Words * Together];
        Span<T> numbers = stackalloc T[Philox.Words * Together];
        var perRow = (size + Philox.Words - 1) / Philox.Words;
        var left = into.Length / size * (long)perRow;
        var (row, at) = ((ulong)place.FirstRow, 0);
        var to = 0;
        for (; left > 0; left -= Together)
        {
            var count = (int)Math.Min(left, Together);
            var padded = (count + Philox.Lanes - 1) / Philox.Lanes * Philox.Lanes;
            var next = at;
            for (var lane = 0; lane < padded; lane++)
            {
                (block[lane], rowLow[lane], rowHigh[lane]) = ((uint)next, (uint)row, (uint)(row >> 32));
                if (++next == perRow)
                    (next, row) = (0, row + 1);
            }
            Philox.Fill(block[..padded], place.Stream, rowLow[..padded], rowHigh[..padded], place.Seed, words, Together);
            convert(words, padded, numbers);
            to = Copy(numbers, count, ref at, perRow, size, into, to);
        }
    }

    // From words side by side to elements one after the other; the last block of a row may be wanted in part.
    private static int Copy<T>(ReadOnlySpan<T> numbers, int count, ref int at, int perRow, int size, Span<T> into, int to)
    {
        var rest = size - (perRow - 1) * Philox.Words;
        ref var from = ref MemoryMarshal.GetReference(numbers);
        for (var lane = 0; lane < count; lane++)
        {
            var last = at == perRow - 1;
            var wanted = last ? rest : Philox.Words;
            if (wanted == Philox.Words)
            {
                var four = into.Slice(to, Philox.Words);
                four[0] = Unsafe.Add(ref from, lane);
                four[1] = Unsafe.Add(ref from, Together + lane);
                four[2] = Unsafe.Add(ref from, 2 * Together + lane);
                four[3] = Unsafe.Add(ref from, 3 * Together + lane);
            }
            else
            {
                for (var word = 0; word < wanted; word++)
                    into[to + word] = Unsafe.Add(ref from, word * Together + lane);
            }
            to += wanted;
            at = last ? 0 : at + 1;
        }
        return to;
    }

    private static void ToNormal(ReadOnlySpan<uint> words, int blocks, Span<float> numbers)
    {
        ref var from = ref MemoryMarshal.GetReference(words);
        ref var to = ref MemoryMarshal.GetReference(numbers);
        for (var plane = 0; plane < Philox.Words * Together; plane += 2 * Together)
        {
            for (var at = 0; at < blocks; at += Philox.Lanes)
            {
                var (first, second) = BoxMuller.Pair(Vector256.LoadUnsafe(ref from, (nuint)(plane + at)), Vector256.LoadUnsafe(ref from, (nuint)(plane + Together + at)));
                first.StoreUnsafe(ref to, (nuint)(plane + at));
                second.StoreUnsafe(ref to, (nuint)(plane + Together + at));
            }
        }
    }

    private static void ToUniform(ReadOnlySpan<uint> words, int blocks, Span<float> numbers)
    {
        ref var from = ref MemoryMarshal.GetReference(words);
        ref var to = ref MemoryMarshal.GetReference(numbers);
        for (var plane = 0; plane < Philox.Words * Together; plane += Together)
            for (var at = 0; at < blocks; at += Philox.Lanes)
                BoxMuller.Uniform(Vector256.LoadUnsafe(ref from, (nuint)(plane + at))).StoreUnsafe(ref to, (nuint)(plane + at));
    }
}
