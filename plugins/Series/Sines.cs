using TorchSharp;
using static TorchSharp.torch;

namespace PluginGan.Plugins.Series;

/// <summary>Sines with frequencies and phases drawn for each series and channel: sin(ω t + φ), t = 0, 1, ... (TimeGAN, NeurIPS 2019, section 5.1; as its authors' code draws them).</summary>
internal static class Sines
{
    public static Dataset Open(SinesOptions options)
    {
        // Angles, sines and what is kept, in double precision at first.
        DataMemory.Require(
            20.0 * options.Count * options.Length * options.Channels,
            $"{options.Count} series of {options.Length} time steps",
            "choose a smaller 'count', 'length' or 'channels'",
            DataMemory.Available());
        using var scope = NewDisposeScope();
        // The splits are streams of their own: what is drawn for one says nothing of the other.
        using var generator = new Generator(2 * (ulong)options.Seed + (ulong)options.Split, CPU);
        var (frequency, phase) = (Uniform(options.Frequency), Uniform(options.Phase));
        var time = arange(options.Length, dtype: ScalarType.Float64).reshape(1, -1, 1);
        return new TensorDataset(new DataSpec(new SeriesSpec(options.Length, options.Channels), ConditionSpec.None), (frequency * time + phase).sin().to(ScalarType.Float32));

        Tensor Uniform(double most) => rand([options.Count, 1, options.Channels], ScalarType.Float64, generator: generator) * most;
    }
}
