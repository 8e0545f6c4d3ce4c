using TorchSharp;
using static TorchSharp.torch;

namespace PluginGan.Training;

/// <summary>
/// Generates samples outside training, in chunks of one size: libtorch computes a batch of another size in another order, to other last
/// bits. The caller sees to evaluation mode and averaged weights.
/// </summary>
public sealed class Sampler(GanModel model, Device device)
{
    /// <summary>How many samples a call of the model makes, also where fewer are wanted.</summary>
    public const int Chunk = 32;

    /// <summary>The latents that <see cref="Generate"/> makes samples from, on the device; as the model's latent spec says, first dimension <paramref name="count"/>.</summary>
    public Tensor Latents(int count, ulong seed) => Training.Latents.Draw(model.Latent, count, LatentSeed(seed), device);

    /// <summary>Generates samples on the CPU, float32 [count, ...]. Sample i follows from the seed, i and its condition: it is the same
    /// however many are wanted, with equal threads to the last bit.</summary>
    /// <param name="count">How many.</param>
    /// <param name="condition">First dimension <paramref name="count"/>; null where the model takes none.</param>
    /// <param name="seed">What is drawn depends on nothing else.</param>
    public Tensor Generate(int count, Tensor? condition, ulong seed)
    {
        using var scope = NewDisposeScope();
        using var quiet = no_grad();
        var chunks = new List<Tensor>();
        for (var part = 0; part * Chunk < count; part++)
        {
            using var inner = NewDisposeScope();
            var latent = Training.Latents.Draw(model.Latent, Chunk, LatentSeed(seed), device, part);
            using var noise = Draws.Begin(Seeds.Of(seed, "noise"), part);
            GlobalGenerator.Seed(device, Seeds.Of(seed, "noise", part));
            var made = model.Generate(latent, condition is null ? null : Rows(condition, part).to(device));
            chunks.Add(made.detach().narrow(0, 0, Math.Min(Chunk, count - part * Chunk)).cpu().MoveToOuterDisposeScope());
        }
        return cat(chunks).MoveToOuterDisposeScope();
    }

    /// <summary>Conditions for so many samples: classes in turn, 0, 1, 2, ...; null for models that take no class.</summary>
    public static Tensor? ClassesInTurn(ConditionSpec condition, int count) => condition is ClassCondition classes
        ? arange(count, dtype: ScalarType.Int64).remainder(classes.Count)
        : null;

    private static ulong LatentSeed(ulong seed) => Seeds.Of(seed, "latent");

    // What fills up the last chunk is thrown away: the last condition once more.
    private static Tensor Rows(Tensor condition, int part) =>
        condition.index_select(0, arange(part * Chunk, (part + 1) * Chunk, dtype: ScalarType.Int64).clamp_max(condition.shape[0] - 1).to(condition.device));
}
