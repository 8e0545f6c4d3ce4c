using System.Text.Json.Serialization;
using PluginGan.Core;
using TorchSharp;
using static TorchSharp.torch;

namespace PluginGan.Training;

/// <summary>
/// The memory that a training surely takes on its device, in bytes, besides libtorch itself. It errs on the low side, so that nothing is refused that would
/// fit: what backward, penalties and convolutions need for the time of an operation comes on top.
/// </summary>
/// <param name="Weights">Weights of all networks, with gradients, moments and averages of those that are trained.</param>
/// <param name="Data">The data set, where it is kept on the device.</param>
/// <param name="Activations">What the layers of one micro-batch leave for backward: one pass of the generating networks and two of the discriminator, measured on two samples.</param>
public sealed record MemoryEstimate(long Weights, long Data, long Activations)
{
    private const int Measured = 2;

    /// <summary>The part of the weights that lies on the device already: networks are built on the CPU.</summary>
    [JsonIgnore]
    public long Present { get; init; }

    /// <summary>All of it.</summary>
    public long Total => Weights + Data + Activations;

    /// <summary>Estimates a training that has not begun: its networks are still on the CPU.</summary>
    /// <exception cref="ComponentException">Not even a pass of a few samples fits into memory.</exception>
    public static MemoryEstimate Of(TrainerSetup setup)
    {
        var training = setup.Training;
        var micro = training.Batch / training.Accumulate;
        var count = Measured * training.Pack;
        var values = MemoryGuard.Make($"a pass of {count} samples through the networks needs", "make the networks smaller", () => ActivationMeter.Measure(setup, count)) / (double)count * micro;
        // Autocast computes convolutions and matrix products, and what follows them, in half the size.
        var size = training.Precision == Precision.Bf16 ? 2 : sizeof(float);
        return new MemoryEstimate(WeightBytes(setup), setup.Data.ResidentBytes, (long)(values * size)) { Present = setup.Device.type == DeviceType.CPU ? Networks(setup).Sum(network => Bytes(network.Value)) : 0 };
    }

    /// <summary>Sees to it that the training fits, as far as can be told.</summary>
    /// <param name="training">Its settings.</param>
    /// <param name="available">What the device has left while the data is there and the training has not begun, in bytes; null where that is not known.</param>
    /// <exception cref="ComponentException">It cannot; says which settings would help.</exception>
    public void RequireFit(TrainingSettings training, long? available)
    {
        if (available + Present is not { } left || Weights + Activations <= left)
            return;
        throw new ComponentException($"too little memory: this training needs at least {ByteText.Of(Weights + Activations)}, {ByteText.Of(Weights)} of it for weights, gradients, moments and averages "
            + $"and {ByteText.Of(Activations)} for a batch of {training.Batch / training.Accumulate} at once, and {ByteText.Of(left)} are left{(Data > 0 ? $" beside the data set's {ByteText.Of(Data)}" : "")}; {Remedy(training, left)}");
    }

    private string Remedy(TrainingSettings training, long left)
    {
        var micro = training.Batch / training.Accumulate;
        var streamed = Weights + Activations <= left + Data ? ", or training.data to \"streamed\"" : "";
        // Half of what is left: the estimate is low.
        var fits = (long)((left - Weights) / 2.0 / Math.Max(1, Activations) * micro) / training.Pack * training.Pack;
        if (fits < 1)
            return $"make the networks smaller{streamed}";
        var parts = Enumerable.Range(1, training.Batch).FirstOrDefault(parts => training.Batch % parts == 0 && training.Batch / parts <= fits && training.Batch / parts % training.Pack == 0);
        // A batch is computed in as many parts as training.accumulate says, of which each must hold whole packs.
        return $"set training.batch to {fits * training.Accumulate} or less{(parts > 0 ? $", or training.accumulate to {parts}" : "")}{streamed}";
    }

    private static long WeightBytes(TrainerSetup setup)
    {
        var trained = setup.Objective.Phases.SelectMany(phase => phase.Trains).ToHashSet(StringComparer.Ordinal);
        return Networks(setup).Sum(network =>
        {
            var copies = trained.Contains(network.Key) ? 2 + setup.Optimizer(network.Key).Rule.Moments.Count : 1;
            if (setup.Training.Ema is not null && setup.Model.Generates.Contains(network.Key))
                copies++;
            return copies * Bytes(network.Value);
        });
    }

    private static IEnumerable<KeyValuePair<string, nn.Module>> Networks(TrainerSetup setup) => setup.Model.Networks.Concat(setup.Objective.Networks);

    private static long Bytes(nn.Module network) => network.parameters().Sum(parameter => parameter.NumberOfElements * parameter.ElementSize);
}
