using static TorchSharp.torch;

namespace PluginGan.Training;

/// <summary>What updates of a run are made with: all that a step and its draws see of the training.</summary>
internal sealed class UpdateParts(TrainerSetup setup, NetworkSet networks, ScalarAverages scalars, Autocast? autocast)
{
    public GanModel Model => setup.Model;

    public Objective Objective => setup.Objective;

    public NetworkSet Networks => networks;

    public BatchSource Data => setup.Data;

    public CallTrace Trace => setup.Trace;

    public Device Device => setup.Device;

    public ulong Seed => setup.Seed;

    public IReadOnlyList<(Augmentation Augmentation, Schedule Strength)> Augmentations => setup.Augmentations;

    /// <summary>Loss and regularisers as an objective asks for them.</summary>
    public AdversarialGame Game { get; } = new(setup.Loss, setup.Trace);

    /// <summary>What phases of this iteration hand on.</summary>
    public KeptValues Kept { get; } = new();

    /// <summary>Samples in a micro-batch.</summary>
    public int MicroBatch { get; } = setup.Training.Batch / setup.Training.Accumulate;

    /// <summary>Samples that the discriminator sees at once.</summary>
    public int Pack => setup.Training.Pack;

    /// <summary>Whether weights, and so samples, lie with their channels last.</summary>
    public bool ChannelsLast => setup.Training.MemoryFormat != Core.MemoryFormat.Contiguous;

    /// <summary>Mixed precision, where it is asked for.</summary>
    public Autocast.Region InMixedPrecision() => autocast is null ? default : autocast.Enter();

    /// <summary>Takes what follows out of mixed precision: derivatives, whose types the forward pass has chosen.</summary>
    public Autocast.Region InFullPrecision() => autocast is null ? default : autocast.Leave();

    /// <summary>Adds a value to the average under that name.</summary>
    public void Report(string scalar, Tensor value) => scalars.Add(scalar, value);
}
