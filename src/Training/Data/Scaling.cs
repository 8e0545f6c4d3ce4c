using TorchSharp;
using static PluginGan.Scalars;
using static TorchSharp.torch;

namespace PluginGan.Training;

/// <summary>From the storage type of a dataset to what a model sees.</summary>
public static class Scaling
{
    private static readonly Scalar BytesPerUnit = 1 / 127.5;

    /// <summary>Scales samples: bytes 0 to 255 of images and videos to [-1, 1], indices of sequences to one-hot, all else to float32.</summary>
    /// <param name="stored">[N, ...] as the dataset stores it.</param>
    /// <param name="spec">What a sample is.</param>
    /// <returns>float32 [N, ...spec.Shape].</returns>
    public static Tensor Samples(Tensor stored, SampleSpec spec) => (spec, stored.dtype) switch
    {
        (ImageSpec or VideoSpec, ScalarType.Byte) => stored.to(ScalarType.Float32).mul_(BytesPerUnit).sub_(One),
        (SequenceSpec sequence, ScalarType.Int64) => nn.functional.one_hot(stored, sequence.Alphabet.Count).to(ScalarType.Float32),
        _ => stored.to(ScalarType.Float32),
    };

    /// <summary>Scales conditions: int64 for classes, float32 for vectors, as samples for samples.</summary>
    public static Tensor? Condition(Tensor? stored, ConditionSpec spec) => (stored, spec) switch
    {
        (null, _) or (_, NoCondition) => null,
        (_, ClassCondition) => stored.to(ScalarType.Int64),
        (_, SampleCondition { Sample: var sample }) => Samples(stored, sample),
        _ => stored.to(ScalarType.Float32),
    };

    /// <summary>Moves a batch to a device, from pinned memory without waiting for the copy, and scales it. What comes back is independent of the stored batch's life, even where nothing had to be converted.</summary>
    public static Batch Scale(Batch stored, DataSpec spec, Device device) =>
        Scale(stored.Samples.to(device, non_blocking: true).alias(), stored.Condition?.to(device, non_blocking: true).alias(), spec);

    /// <summary>Scales a batch on the device where it lies.</summary>
    public static Batch Scale(Tensor samples, Tensor? condition, DataSpec spec) =>
        new(Samples(samples, spec.Sample), Condition(condition, spec.Condition));
}
