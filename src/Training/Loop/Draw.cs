using static TorchSharp.torch;

namespace PluginGan.Training;

/// <summary>
/// What is drawn for an update: real batch, latents, generated samples. Phases that share a draw share this object. Its tensors
/// outlive the dispose scope of the update that made them.
/// </summary>
internal sealed class Draw(UpdateParts parts, string phase, long iteration, int repeat, int micro, bool shared) : IDisposable
{
    private readonly List<IDisposable> owned = [];
    private Batch? real;
    private Tensor? generated;
    private long latents;

    public Batch Real => real ??= TakeReal();

    public Tensor? Condition => parts.Model.Condition is NoCondition ? null : Real.Condition;

    /// <summary>Generated samples with their graph: into the generating networks where this update trains them, or the next, which shares the draw, may.</summary>
    public Tensor Generated
    {
        get
        {
            if (generated is not null)
                return generated;
            var condition = Condition;
            var latent = Latent(real?.Count ?? parts.MicroBatch);
            generated = Own(shared
                ? parts.Networks.WithUnfrozen(parts.Model.Generates, () => Generate(latent, condition))
                : Generate(latent, condition));
            return generated;
        }
    }

    public Tensor Latent(long count) => Latents.Draw(parts.Model.Latent, count, WholeBatch("latent", latents++), parts.Device, micro);

    /// <summary>A seed of this micro-batch.</summary>
    public ulong Seed(string purpose, long number = 0) => Seeds.Of(parts.Seed, $"{phase}/{purpose}", iteration, repeat, micro, number);

    /// <summary>Opens a scope of draws, of which this micro-batch is a part.</summary>
    public IDisposable Begin(string purpose, long number = 0) => Draws.Begin(WholeBatch(purpose, number), micro);

    public void Dispose()
    {
        foreach (var tensor in owned)
            tensor.Dispose();
    }

    // Samples are float32 whatever the networks compute in. Their noise is theirs, whatever a loss has drawn before it asked for them.
    private Tensor Generate(Tensor latent, Tensor? condition)
    {
        using var noise = Begin("generated");
        using var call = parts.Trace.Calling(parts.Model);
        return parts.Model.Generate(latent, condition).to(ScalarType.Float32);
    }

    private ulong WholeBatch(string purpose, long number) => Seeds.Of(parts.Seed, $"{phase}/{purpose}", iteration, repeat, 0, number);

    private Batch TakeReal()
    {
        using var call = parts.Trace.Calling(parts.Data.Dataset);
        var batch = parts.Data.Next(parts.MicroBatch);
        var samples = batch.Samples;
        Own(samples);
        if (batch.Condition is { } condition)
            Own(condition);
        // As the weights lie, so that no convolution has to turn its input. With one channel both formats are the same.
        return parts.ChannelsLast && samples.dim() == 4 && samples.shape[1] > 1
            ? new Batch(Own(samples.permute(0, 2, 3, 1).contiguous().permute(0, 3, 1, 2)), batch.Condition)
            : batch;
    }

    private Tensor Own(Tensor tensor)
    {
        owned.Add(tensor.DetachFromDisposeScope());
        return tensor;
    }
}
