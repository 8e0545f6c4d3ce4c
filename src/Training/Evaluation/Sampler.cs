using TorchSharp;
using static TorchSharp.torch;

namespace PluginGan.Training;

/// <summary>Generates samples outside training, in chunks that bound the memory. The caller sees to evaluation mode and averaged weights.</summary>
public sealed class Sampler(GanModel model, Device device) : IDisposable
{
    private const int Chunk = 256;

    private readonly LatentSampler latents = new(device);

    /// <summary>The latents that <see cref="Generate"/> makes samples from, on the device; as the model's latent spec says, first dimension <paramref name="count"/>.</summary>
    public Tensor Latents(int count, ulong seed) => latents.Draw(model.Latent, count, Seeds.Of(seed, "latent"));

    /// <summary>Generates samples on the CPU, float32 [count, ...]. Equal seeds give equal samples, whatever was drawn before.</summary>
    /// <param name="count">How many.</param>
    /// <param name="condition">First dimension <paramref name="count"/>; null where the model takes none.</param>
    /// <param name="seed">What is drawn depends on nothing else.</param>
    public Tensor Generate(int count, Tensor? condition, ulong seed)
    {
        using var scope = NewDisposeScope();
        using var quiet = no_grad();
        var latent = Latents(count, seed);
        GlobalGenerator.Seed(device, Seeds.Of(seed, "noise"));
        var chunks = new List<Tensor>();
        for (var from = 0; from < count; from += Chunk)
        {
            using var inner = NewDisposeScope();
            var size = Math.Min(Chunk, count - from);
            chunks.Add(model.Generate(latent.narrow(0, from, size), condition?.narrow(0, from, size).to(device)).detach().cpu().MoveToOuterDisposeScope());
        }
        return cat(chunks).MoveToOuterDisposeScope();
    }

    /// <summary>Conditions for so many samples: classes in turn, 0, 1, 2, ...; null for models that take no class.</summary>
    public static Tensor? ClassesInTurn(ConditionSpec condition, int count) => condition is ClassCondition classes
        ? arange(count, dtype: ScalarType.Int64).remainder(classes.Count)
        : null;

    /// <inheritdoc/>
    public void Dispose() => latents.Dispose();
}
