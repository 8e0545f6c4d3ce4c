using PluginGan.Training;

namespace PluginGan.Bench.Games;

/// <summary>A source of batches that is timed. The source itself stays its owner's.</summary>
internal sealed class TimedSource(Dataset dataset, BatchSource source, Timeline timeline) : BatchSource(dataset, 0, TorchSharp.torch.CPU)
{
    public override Batch Next(int count) => timeline.During("data", () => source.Next(count));

    public override void Dispose()
    {
    }
}
