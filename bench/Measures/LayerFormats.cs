using System.Diagnostics;
using PluginGan.Bench.Contenders;
using PluginGan.Bench.Games;
using PluginGan.Bench.Results;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace PluginGan.Bench.Measures;

/// <summary>Each convolution of the DCGAN by itself, forward and backward, in both memory formats: whether a choice for each layer would pay.</summary>
internal sealed class LayerFormats : IMeasure
{
    public string Name => "layers";

    public IEnumerable<Measurement> Take(BenchSettings settings)
    {
        foreach (var bf16 in new[] { false, true })
        {
            var spec = settings.Training(settings.Batches[0]);
            using var game = new DcGanGame(spec);
            var layers = Layer.Of(game.Model, spec.Batch).Where(layer => layer.Module is Conv2d or ConvTranspose2d).ToList();
            var group = $"Layers, channels-last over contiguous, forward and backward, DCGAN, width {spec.Width}, batch {spec.Batch}, {(bf16 ? "bf16" : "fp32")}";
            foreach (var layer in layers)
            {
                layer.Module.to(game.Device, bf16 ? ScalarType.BFloat16 : ScalarType.Float32);
                var (channelsLast, contiguous) = Turns.Time(() => Time(layer, game.Device, channelsLast: true), () => Time(layer, game.Device, channelsLast: false), settings.Count(15, 1));
                yield return new Measurement(group, $"{layer.Network}, {layer.Name}: {Shape(layer.Input)} to {Shape(layer.Output)}, contiguous", "ms", contiguous);
                yield return new Measurement(group, $"{layer.Network}, {layer.Name}, channels-last over contiguous", "×", [.. contiguous.Zip(channelsLast, (slow, fast) => slow / fast)]);
            }
        }
    }

    private static double Time(Layer layer, Device device, bool channelsLast)
    {
        using var scope = NewDisposeScope();
        using (no_grad())
            layer.Weight.set_(layer.Weight.InFormat(channelsLast));
        layer.Module.zero_grad();
        var input = randn(layer.Input, dtype: layer.Weight.dtype, device: device).InFormat(channelsLast).requires_grad_();
        var gradient = randn(layer.Output, dtype: layer.Weight.dtype, device: device).InFormat(channelsLast);
        device.Wait();
        var watch = Stopwatch.StartNew();
        layer.Module.call(input).backward([gradient]);
        device.Wait();
        return watch.Elapsed.TotalMilliseconds;
    }

    private static string Shape(long[] shape) => string.Join('×', shape[1..]);
}
