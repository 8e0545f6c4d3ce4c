using TorchSharp;
using static TorchSharp.torch;

namespace PluginGan.Plugins.Progressive;

/// <summary>
/// How far the networks have grown (arXiv:1710.10196, section 2). It follows from the progress of the run alone, so that a resumed or sampled run stands where it stood.
/// Stage k, of images halved (stages - k) times, begins at k times the stage's share; in its first part its layers are faded in.
/// </summary>
internal sealed class Growth : IDisposable
{
    private readonly int stages;
    private readonly double stageShare, fade;
    private Scalar weight = 1.0, rest = 0.0;

    /// <param name="stages">How many times the networks grow.</param>
    /// <param name="stageShare">The share of the run for each stage but the last.</param>
    /// <param name="fade">The share of a stage in which it is faded in.</param>
    public Growth(int stages, double stageShare, double fade) => (this.stages, this.stageShare, this.fade) = (stages, stageShare, fade);

    /// <summary>The stage: 0 for the innermost map's resolution, at last the image's own.</summary>
    public int Stage { get; private set; }

    /// <summary>How much the newest layers count, 0 to 1; 1 once they have been faded in.</summary>
    public double Weight { get; private set; } = 1;

    /// <summary>Whether the newest layers are being faded in.</summary>
    public bool IsFading => Weight < 1;

    /// <summary>Grows, or shrinks, to where this progress stands.</summary>
    /// <param name="progress">0 at the start of the run, 1 at its end.</param>
    public void Advance(double progress)
    {
        Stage = (int)Math.Min(stages, Math.Floor(progress / stageShare));
        var into = (progress / stageShare) - Stage;
        Weight = Stage == 0 || into >= fade ? 1 : into / fade;
        Dispose();
        (weight, rest) = (Weight, 1 - Weight);
    }

    /// <summary>The way without the newest layers and the way through them, mixed by <see cref="Weight"/>.</summary>
    public Tensor Mix(Tensor without, Tensor through) => without.mul(rest).add(through, weight);

    /// <inheritdoc/>
    public void Dispose()
    {
        weight.Dispose();
        rest.Dispose();
    }
}
