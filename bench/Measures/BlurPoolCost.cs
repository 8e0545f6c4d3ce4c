using System.Diagnostics;
using PluginGan.Bench.Contenders;
using PluginGan.Bench.Games;
using PluginGan.Bench.Results;
using PluginGan.Layers;
using TorchSharp;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace PluginGan.Bench.Measures;

/// <summary>Halving of a map by <see cref="BlurPool2d"/>, against the three poolings of libtorch that compute the same: for a step, and for one with a penalty on gradients.</summary>
internal sealed class BlurPoolCost : IMeasure
{
    private static readonly long[] Two = [2, 2], Step = [1, 1], Edge = [1, 1];

    public string Name => "blur-pool";

    public IEnumerable<Measurement> Take(BenchSettings settings)
    {
        var device = torch.device(settings.Device);
        long batch = settings.Batches[0];
        foreach (var (channels, side) in new[] { (16, 28), (32, 14) })
        {
            using var ours = new BlurPool2d(channels);
            ours.to(device);
            foreach (var (what, penalised) in new[] { ("forward and backward", false), ("with a penalty on the gradient", true) })
                yield return new Measurement(
                    $"Halving by the filter [1, 3, 3, 1], one convolution over three poolings, fp32, batch {batch}, channels-last",
                    $"{channels}×{side}×{side}, {what}",
                    "×",
                    Ratios(ours.call, Poolings, [batch, channels, side, side], penalised, device, settings.Count(15, 1)));
        }
    }

    private static List<double> Ratios(Func<Tensor, Tensor> ours, Func<Tensor, Tensor> theirs, long[] shape, bool penalised, Device device, int trials)
    {
        var (fast, slow) = Turns.Time(() => Time(ours), () => Time(theirs), trials);
        return [.. slow.Zip(fast, (slow, fast) => slow / fast)];

        double Time(Func<Tensor, Tensor> halve)
        {
            using var scope = NewDisposeScope();
            var map = randn(shape, device: device).InFormat(channelsLast: true).requires_grad_();
            device.Wait();
            var watch = Stopwatch.StartNew();
            // Between two layers that are not linear, as in a network: the second derivative goes through it twice.
            var value = halve(map.square()).square().sum();
            if (penalised)
                value = value.add(autograd.grad([value], [map], retain_graph: true, create_graph: true)[0].square().sum());
            value.backward();
            device.Wait();
            return watch.Elapsed.TotalMilliseconds;
        }
    }

    // Three averages of two in a row are the filter [1, 3, 3, 1].
    private static Tensor Poolings(Tensor map) => functional.avg_pool2d(functional.avg_pool2d(functional.avg_pool2d(map, Two, Step, Edge), Two, Step), Two);
}
