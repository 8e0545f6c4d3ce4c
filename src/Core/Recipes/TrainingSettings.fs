namespace PluginGan.Core

open PluginGan
open System
open System.Collections.Generic

/// Where the training data is kept.
type DataPlacement =
    /// On the device if it fits, else streamed.
    | Auto = 0
    /// As a whole on the device.
    | Resident = 1
    /// Read batch by batch.
    | Streamed = 2

/// How a run trains.
type TrainingSettings =
    {
        /// How many iterations the run has, at least 1.
        Iterations: int64
        /// Real samples in an iteration, at least 1.
        Batch: int
        /// Micro-batches whose gradients are added up before a step; divides Batch.
        Accumulate: int
        /// Discriminator updates for each generator update, at least 1.
        DiscriminatorSteps: int
        /// Whether the generator's update draws samples and latents of its own, instead of those of the discriminator's update before it.
        FreshDraws: bool
        /// Samples that the discriminator judges together (PacGAN, arXiv:1712.04086); divides a micro-batch.
        Pack: int
        /// Where the training data is kept.
        Data: DataPlacement
        /// What networks compute in.
        Precision: Precision
        /// How images and weights of convolutions lie in memory.
        MemoryFormat: MemoryFormat
        /// The optimiser of networks that Optimizers does not name.
        DefaultOptimizer: OptimizerSettings
        /// Optimisers by network.
        Optimizers: IReadOnlyDictionary<string, OptimizerSettings>
        /// How the generator's weights are averaged; null for no averaging.
        Ema: AveragingSettings | null
        /// What follows where the scalars show that something is wrong.
        Health: HealthSettings
        /// Scalars are logged at every so many iterations; 0 is at the end only.
        LogEvery: int
        /// Samples are drawn for people to look at every so many iterations; 0 is at the end only.
        SnapshotEvery: int
        /// Checkpoints are written at every so many iterations; 0 is at the end only.
        CheckpointEvery: int
        /// Evaluators run at every so many iterations; 0 is at the end only.
        EvaluateEvery: int
        /// Which checkpoints are kept.
        Retention: RetentionSettings
        /// After how many evaluations without a better value of the metric that the best checkpoint is kept by the run ends early; null for
        /// never. Needs such a metric.
        Patience: Nullable<int>
    }

    /// <summary>The optimiser of a network.</summary>
    /// <param name="network">The network's name; need not be known here.</param>
    member this.Optimizer(network: string) : OptimizerSettings =
        match this.Optimizers.TryGetValue network with
        | true, settings -> settings
        | _ -> this.DefaultOptimizer

    /// Where the run stands when an iteration begins, in each of the units that schedules are written in.
    member this.TimeOf(iteration: int64) : TrainingTime =
        TrainingTime(iteration, float iteration * float this.Batch / 1000.0, min 1.0 (float iteration / float this.Iterations))

    /// <summary>
    /// The same training with nothing left to choose. The choice is a rule, not a measurement, so that equal recipes on equal machines stay
    /// equal runs (docs/adr/0009 and 0013).
    /// </summary>
    /// <param name="sample">What is trained on. bf16 is chosen for images and videos, whose networks are convolutional, as the study's are.</param>
    /// <param name="onCpu">Whether it runs on a CPU.</param>
    /// <param name="nativeBf16">Whether that CPU computes in bf16 itself.</param>
    member this.Choose(sample: SampleKind, onCpu: bool, nativeBf16: bool) =
        let precision =
            match this.Precision, sample with
            | Precision.Auto, (SampleKind.Image | SampleKind.Video) when onCpu && nativeBf16 -> Precision.Bf16
            | Precision.Auto, _ -> Precision.Fp32
            | given, _ -> given

        let chosen =
            if onCpu || precision = Precision.Bf16 then
                MemoryFormat.ChannelsLast
            else
                MemoryFormat.Contiguous

        { this with
            Precision = precision
            MemoryFormat =
                if this.MemoryFormat = MemoryFormat.Auto then
                    chosen
                else
                    this.MemoryFormat
        }

    /// The same training cut down to its first iteration, which is logged.
    member this.FirstIteration() =
        { this with
            Iterations = 1L
            LogEvery = 1
        }

    /// <summary>The training of a single network by a loss, without averaging, snapshots or checkpoints.</summary>
    /// <param name="iterations">How many iterations, at least 1.</param>
    /// <param name="batch">Samples in an iteration, at least 1.</param>
    static member OfOneNetwork(iterations: int64, batch: int) =
        {
            Iterations = iterations
            Batch = batch
            Accumulate = 1
            DiscriminatorSteps = 1
            FreshDraws = false
            Pack = 1
            Data = DataPlacement.Auto
            Precision = Precision.Fp32
            MemoryFormat = MemoryFormat.ChannelsLast
            DefaultOptimizer = OptimizerSettings.Default
            Optimizers = Map.empty
            Ema = null
            Health = HealthSettings.Default
            LogEvery = 100
            SnapshotEvery = 0
            CheckpointEvery = 0
            EvaluateEvery = 0
            Retention = RetentionSettings.OfLatest 1
            Patience = Nullable()
        }
