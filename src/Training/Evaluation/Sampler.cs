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
    /// <param name="cancellation">Ends it early.</param>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public Tensor Generate(int count, Tensor? condition, ulong seed, CancellationToken cancellation = default) => ChunkedGeneration.Generate(
        model, device, count, Chunk, part => Training.Latents.Draw(model.Latent, Chunk, LatentSeed(seed), device, part), condition, seed, "noise", CPU, cancellation);

    /// <summary>Conditions for so many samples: classes in turn, 0, 1, 2, ...; null for models that take no class.</summary>
    public static Tensor? ClassesInTurn(ConditionSpec condition, int count) => condition is ClassCondition classes
        ? arange(count, dtype: ScalarType.Int64).remainder(classes.Count)
        : null;

    private static ulong LatentSeed(ulong seed) => Seeds.Of(seed, "latent");
}
