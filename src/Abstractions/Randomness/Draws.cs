using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using TorchSharp;
using static TorchSharp.torch;

namespace PluginGan;

/// <summary>
/// Random numbers for everything that is drawn for each sample: latents, noise in a layer, augmentations, points between samples. Row i of
/// a draw depends on the seed of the scope, on the number of the draw in it and on i, and on nothing else: not on how many rows are drawn,
/// nor on threads, nor on what was drawn before. The host opens a scope around each call of a model, loss, regulariser or augmentation;
/// these draw from it without a word of seeds (docs/adr/0026-draws.md).
/// </summary>
public static class Draws
{
    /// <summary>From this many elements of a row on, a device draws for itself. The size of a row decides, not that of a batch, so that a
    /// row is made in one way only.</summary>
    internal const int LongRow = 128 * 128;

    /// <summary>A span holds no more than two gigabytes: what is larger is drawn piece by piece.</summary>
    internal const long MostBytes = 256L << 20;

    [ThreadStatic]
    private static Scope? current;

    /// <summary>
    /// Which numbers a seed gives. It changes with any change of them; a run that was begun with another version cannot be resumed
    /// unnoticed. Version 1 drew from torch's generators.
    /// </summary>
    public static int Version => 2;

    /// <summary>
    /// Lets the draws of this thread follow from a seed until the scope is disposed; the scope around it is then in place again. The n-th
    /// draw in a scope is its n-th stream, independent of the others.
    /// </summary>
    /// <param name="seed">What they follow from.</param>
    public static IDisposable Begin(ulong seed) => Begin(seed, 0);

    /// <summary>As the other overload, for a batch that is drawn in parts.</summary>
    /// <param name="seed">What draws follow from.</param>
    /// <param name="part">Which part of a larger batch this is: a draw of n rows gives the rows part · n to part · n + n - 1. A batch that
    /// is drawn in equal parts equals, row for row, one that is drawn at once.
    /// </param>
    public static IDisposable Begin(ulong seed, long part) => current = new Scope(current, seed, part, null);

    /// <summary>As the other overloads, for datasets, which draw by the index of a sample: row i of a draw is row <paramref
    /// name="rows"/>[i] of its stream, wherever it stands in the batch.</summary>
    /// <param name="seed">What draws follow from.</param>
    /// <param name="rows">The numbers of the rows, each at least 0; repeats are allowed. Every draw in the scope has as many rows.</param>
    public static IDisposable Begin(ulong seed, ReadOnlySpan<long> rows) => current = new Scope(current, seed, 0, rows.ToArray());

    /// <summary>Independent standard normal values, float32 [rows, ..row], without gradient.</summary>
    /// <param name="rows">How many rows: the samples of the batch.</param>
    /// <param name="row">The shape of one row; empty for one number each.</param>
    /// <param name="device">Where they are wanted; the CPU by default.</param>
    public static Tensor Normal(long rows, long[] row, Device? device = null) => Draw<float>(rows, row, device, HostDraws.Normal, DeviceDraws.Normal);

    /// <summary>Independent values, uniform in [0, 1), float32 [rows, ..row], without gradient.</summary>
    /// <param name="rows">How many rows: the samples of the batch.</param>
    /// <param name="row">The shape of one row; empty for one number each.</param>
    /// <param name="device">Where they are wanted; the CPU by default.</param>
    public static Tensor Uniform(long rows, long[] row, Device? device = null) => Draw<float>(rows, row, device, HostDraws.Uniform, DeviceDraws.Uniform);

    /// <summary>Independent whole numbers from 0 to <paramref name="below"/> - 1, each as likely as the others to one part in 2³², int64
    /// [rows, ..row].</summary>
    /// <param name="rows">How many rows: the samples of the batch.</param>
    /// <param name="row">The shape of one row; empty for one number each.</param>
    /// <param name="below">How many numbers there are to draw from, 1 to 2³¹.</param>
    /// <param name="device">Where they are wanted; the CPU by default.</param>
    public static Tensor Integers(long rows, long[] row, long below, Device? device = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(below, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(below, 1L << 31);
        return Draw<long>(
            rows, row, device, (place, size, into) => HostDraws.Integers(place, size, below, into), (place, rows, size, device) => DeviceDraws.Integers(place, rows, size, below, device));
    }

    /// <summary>Standard normal values of the shape, type and device of samples [N, ...].</summary>
    public static Tensor NormalLike(Tensor samples) => Normal(samples.shape[0], samples.shape[1..], samples.device).to(samples.dtype);

    /// <summary>Values uniform in [0, 1) of the shape, type and device of samples [N, ...].</summary>
    public static Tensor UniformLike(Tensor samples) => Uniform(samples.shape[0], samples.shape[1..], samples.device).to(samples.dtype);

    private delegate void OnHost<T>(DrawPlace place, int size, Span<T> into);

    private delegate Tensor OnDevice(DrawPlace place, long rows, long size, Device device);

    private static Tensor Draw<T>(long rows, long[] row, Device? wanted, OnHost<T> onHost, OnDevice onDevice)
        where T : unmanaged
    {
        var device = wanted ?? CPU;
        var size = row.Aggregate(1L, (product, length) => product * length);
        var place = Place(rows, out var numbers);
        long[] shape = [rows, .. row];
        if (device.type != DeviceType.CPU && size >= LongRow && numbers is null)
        {
            using var scope = NewDisposeScope();
            return onDevice(place, rows, size, device).reshape(shape).MoveToOuterDisposeScope();
        }
        var drawn = empty(shape, typeof(T) == typeof(long) ? ScalarType.Int64 : ScalarType.Float32, CPU);
        var most = Math.Max(1, MostBytes / (Math.Max(1, size) * Unsafe.SizeOf<T>()));
        if (rows <= most)
            Fill(place, numbers, drawn, (int)size, onHost);
        for (var first = 0L; rows > most && first < rows; first += most)
        {
            var count = Math.Min(most, rows - first);
            using var some = drawn.narrow(0, first, count);
            Fill(place with { FirstRow = place.FirstRow + first }, numbers?[(int)first..(int)(first + count)], some, (int)size, onHost);
        }
        return device.type == DeviceType.CPU ? drawn : Sent(drawn, device);
    }

    private static void Fill<T>(DrawPlace place, long[]? numbers, Tensor rows, int size, OnHost<T> onHost)
        where T : unmanaged
    {
        var values = MemoryMarshal.Cast<byte, T>(rows.bytes);
        if (numbers is null)
            onHost(place, size, values);
        for (var at = 0; at < numbers?.Length; at++)
            onHost(place with { FirstRow = numbers[at] }, size, values.Slice(at * size, size));
    }

    // A GPU fetches pinned memory by itself, while the host goes on.
    private static Tensor Sent(Tensor drawn, Device device)
    {
        using (drawn)
        {
            if (device.type != DeviceType.CUDA)
                return drawn.to(device);
            using var pinned = drawn.pin_memory();
            return pinned.to(device, non_blocking: true);
        }
    }

    private static DrawPlace Place(long rows, out long[]? numbers)
    {
        numbers = current?.Numbers;
        if (numbers is not null && numbers.Length != rows)
            throw new ArgumentException($"{rows} rows are drawn in a scope of {numbers.Length} numbered ones; both must be alike", nameof(rows));
        if (current is { } scope)
            return scope.Next(rows);
        // Nobody has opened a scope, as in a test of a layer: every draw is another one, and manual_seed makes them repeatable.
        using var seed = randint(long.MaxValue, [1], ScalarType.Int64, CPU);
        return new DrawPlace((ulong)seed.item<long>(), 0, 0);
    }

    private sealed class Scope(Scope? outer, ulong seed, long part, long[]? numbers) : IDisposable
    {
        private uint streams;

        public long[]? Numbers => numbers;

        public DrawPlace Next(long rows) => new(seed, streams++, part * rows);

        public void Dispose()
        {
            if (current == this)
                current = outer;
        }
    }
}
