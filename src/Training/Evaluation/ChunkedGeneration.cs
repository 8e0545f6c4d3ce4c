using TorchSharp;
using static TorchSharp.torch;

namespace PluginGan.Training;

/// <summary>Calls a model for many samples in chunks of one size, so that memory is bounded, the last bits do not depend on how many are
/// wanted, and the user can interrupt.</summary>
internal static class ChunkedGeneration
{
    /// <summary>Generates samples, float32 [count, ...].</summary>
    /// <param name="model">The model, in evaluation mode.</param>
    /// <param name="device">Where it computes.</param>
    /// <param name="count">How many samples.</param>
    /// <param name="chunk">How many samples each call makes; what is too many is thrown away.</param>
    /// <param name="latents">The latents of a chunk by its number, first dimension <paramref name="chunk"/>.</param>
    /// <param name="condition">First dimension <paramref name="count"/>, or null.</param>
    /// <param name="seed">What the model draws follows from it.</param>
    /// <param name="purpose">What the samples are for.</param>
    /// <param name="target">Where the samples are wanted.</param>
    /// <param name="cancellation">Ends it between two chunks.</param>
    public static Tensor Generate(
        GanModel model, Device device, long count, int chunk, Func<int, Tensor> latents, Tensor? condition, ulong seed, string purpose,
        Device target, CancellationToken cancellation)
    {
        using var scope = NewDisposeScope();
        using var quiet = no_grad();
        var chunks = new List<Tensor>();
        for (var part = 0; (long)part * chunk < count; part++)
        {
            cancellation.ThrowIfCancellationRequested();
            using var inner = NewDisposeScope();
            var latent = latents(part);
            using var noise = Draws.Begin(Seeds.Of(seed, purpose), part);
            GlobalGenerator.Seed(device, Seeds.Of(seed, purpose, part));
            var made = model.Generate(latent, condition is null ? null : Rows(condition, part, chunk).to(device));
            var wanted = made.detach().narrow(0, 0, Math.Min(chunk, count - (long)part * chunk));
            chunks.Add(wanted.to(ScalarType.Float32).to(target).MoveToOuterDisposeScope());
        }
        return cat(chunks).MoveToOuterDisposeScope();
    }

    /// <summary>The rows of one chunk; the last row once more where there are too few.</summary>
    public static Tensor Rows(Tensor rows, int part, int chunk)
    {
        var places = arange((long)part * chunk, (part + 1L) * chunk, dtype: ScalarType.Int64).clamp_max(rows.shape[0] - 1);
        return rows.index_select(0, places.to(rows.device));
    }
}
