using System.Diagnostics;
using PluginGan.Bench.Games;
using PluginGan.Bench.Results;
using TorchSharp;
using static TorchSharp.torch;

namespace PluginGan.Bench.Measures;

/// <summary>
/// What share of the arithmetic that this machine does in its best large convolution a training step does: all that is not a convolution
/// or a matrix product counts as waste.
/// </summary>
internal sealed class ConvolutionPeak : IMeasure
{
    private static readonly bool[] Formats = [false, true];
    private static readonly long[] Padding = [1, 1];
    private static readonly (long Channels, long Side)[] Shapes = [(128, 28), (256, 14), (256, 28), (512, 14)];

    public string Name => "peak";

    public IEnumerable<Measurement> Take(BenchSettings settings)
    {
        var spec = settings.Training(settings.Batches[0]);
        var operations = Operations(spec, frozen: true);
        foreach (var bf16 in new[] { false, true })
        {
            var group = $"Share of the convolution peak, DCGAN, width {spec.Width}, batch {spec.Batch}, {(bf16 ? "bf16" : "fp32")}";
            var peak = Best(settings, bf16 ? ScalarType.BFloat16 : ScalarType.Float32);
            var times = TimedTraining.Iterations(spec with { Bf16 = bf16 }, settings, settings.Count(20, 2));
            List<double> rates = [.. times.Select(time => operations * spec.Batch / time / 1e6)];
            yield return new Measurement(group, "best large convolution", "GFLOP/s", peak);
            yield return new Measurement(group, "arithmetic of an iteration, for each image", "GFLOP", [operations / 1e9]);
            yield return new Measurement(group, "the same of the plain loop, which freezes nothing", "GFLOP", [Operations(spec, frozen: false) / 1e9]);
            yield return new Measurement(group, "the trainer", "GFLOP/s", rates);
            yield return new Measurement(group, "share of the peak", "%", [.. rates.Select(rate => 100 * rate / Statistics.Median(peak))]);
        }
    }

    private static double Operations(TrainingSpec spec, bool frozen)
    {
        using var game = new DcGanGame(spec);
        return StepOperations.PerSample(game.Model, frozen);
    }

    /// <summary>The rates in GFLOP/s of that convolution of 3×3 which is fastest by its median.</summary>
    private static List<double> Best(BenchSettings settings, ScalarType type) => Shapes
        .Take(settings.Count(Shapes.Length, 1))
        .SelectMany(_ => Formats, (shape, channelsLast) => Rates(settings, type, shape.Channels, shape.Side, channelsLast))
        .MaxBy(Statistics.Median)!;

    private static List<double> Rates(BenchSettings settings, ScalarType type, long channels, long side, bool channelsLast)
    {
        using var scope = NewDisposeScope();
        using var quiet = no_grad();
        var device = torch.device(settings.Device);
        var batch = settings.Count(settings.OnCpu ? 32 : 512, 1);
        var image = ones(batch, channels, side, side, dtype: type, device: device).InFormat(channelsLast);
        var weight = ones(channels, channels, 3, 3, dtype: type, device: device).InFormat(channelsLast);
        var operations = 2.0 * batch * side * side * channels * channels * 9;
        var rates = new List<double>();
        // The first two choose kernels.
        for (var trial = -2; trial < settings.Count(12, 1); trial++)
        {
            using var pass = NewDisposeScope();
            device.Wait();
            var watch = Stopwatch.StartNew();
            nn.functional.conv2d(image, weight, padding: Padding);
            device.Wait();
            if (trial >= 0)
                rates.Add(operations / watch.Elapsed.TotalSeconds / 1e9);
        }
        return rates;
    }
}
