using System.Diagnostics;
using PluginGan.Bench.Contenders;
using PluginGan.Bench.Games;
using PluginGan.Bench.Results;
using TorchSharp;
using static TorchSharp.torch;

namespace PluginGan.Bench.Measures;

/// <summary>Latents and noise from <see cref="Draws"/>, beside torch's own generator that is seeded before each draw; in turns, in one
/// process, one thread.</summary>
internal sealed class DrawCost : IMeasure
{
    private static readonly (string What, long Rows, long[] Row)[] Drawn =
    [
        ("latents, batch 128: 128×100", 128, [100]),
        ("one value each, batch 128: 128×1×1×1", 128, [1, 1, 1]),
        ("noise of a layer, batch 32: 32×1×64×64", 32, [1, 64, 64]),
    ];

    public string Name => "draws";

    public IEnumerable<Measurement> Take(BenchSettings settings)
    {
        const string Group = "Standard normal values, 1 thread";
        var device = torch.device(settings.Device);
        set_num_threads(1);
        foreach (var (what, rows, row) in Drawn)
        {
            var calls = settings.Count((int)Math.Max(20, 4_000_000 / (rows * row.Aggregate(1L, (product, size) => product * size))), 2);
            var (ours, theirs) = Turns.Time(() => Time(() => Ours(rows, row, device), device, calls), () => Time(() => Torch(rows, row, device), device, calls), settings.Count(15, 1));
            yield return new Measurement(Group, what, "µs", [.. ours]) { Demanded = settings.OnCpu && rows == 128 ? new Demand(AtMost: 50) : null };
            yield return new Measurement(Group, $"{what}, torch's generator over it", "×", [.. theirs.Zip(ours, (theirs, ours) => theirs / ours)]);
        }
        set_num_threads(settings.Threads);
    }

    private static Tensor Ours(long rows, long[] row, Device device)
    {
        using var draws = Draws.Begin(1);
        return Draws.Normal(rows, row, device);
    }

    private static Tensor Torch(long rows, long[] row, Device device)
    {
        manual_seed(1).Dispose();
        return randn([rows, .. row], device: device);
    }

    private static double Time(Func<Tensor> draw, Device device, int calls)
    {
        device.Wait();
        var watch = Stopwatch.StartNew();
        for (var call = 0; call < calls; call++)
            draw().Dispose();
        device.Wait();
        return watch.Elapsed.TotalMicroseconds / calls;
    }
}
