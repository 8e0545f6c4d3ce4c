using TorchSharp;
using static TorchSharp.torch;

namespace PluginGan.Training;

/// <summary>
/// A trained model as explorations use it: in evaluation mode, with latents, conditions and noise that follow from a seed. Asked twice for the same it
/// gives the same, and the noise that a network draws is the same at each place of a batch, whatever the latent there.
/// </summary>
public sealed class ExploredModel
{
    private const int Chunk = 256;

    private readonly Tensor? given;

    /// <param name="model">The model, on the device, in evaluation mode.</param>
    /// <param name="sample">What a sample is.</param>
    /// <param name="device">Where to compute.</param>
    /// <param name="seed">All that is drawn follows from it.</param>
    /// <param name="conditions">Conditions of real samples, first dimension N, for a model whose conditions cannot be made up; it stays the caller's.</param>
    /// <exception cref="ComponentException">The model is given conditions that cannot be made up, and there are none.</exception>
    public ExploredModel(GanModel model, SampleSpec sample, Device device, ulong seed, Tensor? conditions = null)
    {
        if (model.Condition is not (NoCondition or ClassCondition) && conditions is null)
            throw new ComponentException($"this model is conditioned on {model.Condition}, which only its training data can give, and that could not be opened");
        (Model, Sample, Device, Seed, given) = (model, sample, device, seed, conditions);
    }

    /// <summary>The model.</summary>
    public GanModel Model { get; }

    /// <summary>What a sample is.</summary>
    public SampleSpec Sample { get; }

    /// <summary>Where it computes.</summary>
    public Device Device { get; }

    /// <summary>What all draws follow from.</summary>
    public ulong Seed { get; }

    /// <summary>How many latents a picture shows.</summary>
    public int Count { get; init; } = 6;

    /// <summary>How many places of a path a picture shows.</summary>
    public int Steps { get; init; } = 7;

    /// <summary>What an image says of its origin.</summary>
    public ImageProvenance? Provenance { get; init; }

    /// <summary>Told of long computations.</summary>
    public IProgress<ComponentProgress>? Progress { get; init; }

    /// <summary>Ends an exploration early.</summary>
    public CancellationToken Cancellation { get; init; }

    internal string Extension => SampleFile.Extension(Sample);

    /// <summary>Latents for a purpose, on the device.</summary>
    public Tensor Latents(int count, string purpose) => Training.Latents.Draw(Model.Latent, count, Seeds.Of(Seed, $"explore/{purpose}/latent"), Device);

    /// <summary>Conditions for so many samples: classes in turn, else those of real samples in turn; null for a model that takes none.</summary>
    public Tensor? Conditions(int count)
    {
        if (Model.Condition is NoCondition)
            return null;
        var condition = Sampler.ClassesInTurn(Model.Condition, count)
            ?? given!.index_select(0, arange(count, dtype: ScalarType.Int64).remainder(given.shape[0]));
        return condition.to(Device);
    }

    /// <summary>Samples on the device, float32 [N, ...].</summary>
    /// <param name="latent">First dimension N.</param>
    /// <param name="condition">First dimension N, or null.</param>
    public Tensor Generate(Tensor latent, Tensor? condition)
    {
        // What follows the activations of a call gets the rows that it has asked for.
        var chunk = (int)Math.Min(Chunk, latent.shape[0]);
        return ChunkedGeneration.Generate(
            Model, Device, latent.shape[0], chunk, part => ChunkedGeneration.Rows(latent, part, chunk), condition, Seed, "explore/noise", Device, Cancellation);
    }

    /// <summary>One row of samples for each latent, one column for each variant of it: [rows · columns, ...], row by row.</summary>
    /// <param name="variants">The latents of each column.</param>
    /// <param name="condition">The conditions of the rows.</param>
    public Tensor Rows(IReadOnlyList<Tensor> variants, Tensor? condition)
    {
        using var scope = NewDisposeScope();
        // Column by column, so that each row has its own noise throughout.
        var columns = stack(variants.Select(latent => Generate(latent, condition)), 1);
        return columns.flatten(0, 1).MoveToOuterDisposeScope();
    }
}
