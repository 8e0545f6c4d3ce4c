namespace PluginGan.Core

open PluginGan
open PluginGan.Core.Fields

/// The part of a recipe under "training".
module internal TrainingJson =

    let private precisions =
        Shape.choice [ "auto", Precision.Auto; "fp32", Precision.Fp32; "bf16", Precision.Bf16 ]

    let private formats =
        Shape.choice
            [
                "auto", MemoryFormat.Auto
                "contiguous", MemoryFormat.Contiguous
                "channelsLast", MemoryFormat.ChannelsLast
            ]

    let private ema: Shape<AveragingSettings> =
        fields {
            let! halfLife =
                Fields.required
                    "halfLifeKimg"
                    (fun (settings: AveragingSettings) -> settings.HalfLifeKimg)
                    (ScheduleJson.ofValue (Shape.number |> Shape.atLeast 0.0))
                    "The half-life in thousands of real samples; may follow a schedule."

            and! rampUp =
                Fields.maybe
                    "rampUp"
                    (fun (settings: AveragingSettings) -> Option.ofNullable settings.RampUp)
                    (Shape.number |> Shape.above 0.0)
                    "The half-life is at most this share of the samples seen so far; null for no such bound."

            return
                {
                    HalfLifeKimg = halfLife
                    RampUp = Option.toNullable rampUp
                }
        }
        |> Fields.shape

    let private retention: Fields<TrainingSettings, RetentionSettings> =
        let initial = RetentionSettings.OfLatest 3

        fields {
            let! latest =
                Fields.optional
                    "keepCheckpoints"
                    _.Retention.Latest
                    (Shape.whole<int> |> Shape.atLeast 1)
                    initial.Latest
                    "How many of the latest checkpoints are kept."

            and! best =
                Fields.maybe
                    "keepBest"
                    (fun (training: TrainingSettings) -> Option.ofObj training.Retention.Best)
                    Shape.text
                    "The best checkpoint by this metric is kept too. It is judged by the evaluations that fall on checkpoints."

            and! everyKimg =
                Fields.maybe
                    "keepEveryKimg"
                    (fun (training: TrainingSettings) -> Option.ofNullable training.Retention.EveryKimg)
                    (Shape.number |> Shape.above 0.0)
                    "The first checkpoint after each so many thousands of real samples is kept too."

            return
                {
                    Latest = latest
                    Best = Option.toObj best
                    EveryKimg = Option.toNullable everyKimg
                }
        }

    type private Length =
        | Iterations of int64
        | Kimg of float

    let private length: Fields<TrainingSettings, Length> =
        let iterations = Shape.whole<int64> |> Shape.atLeast 1L
        let kimg = Shape.number |> Shape.above 0.0

        Fields.either
            (Fields.required "iterations" _.Iterations iterations "How many iterations the run has."
             |> Fields.map Iterations)
            (Fields.required "kimg" (fun _ -> nan) kimg "In place of iterations: thousands of real samples to see."
             |> Fields.writtenWhere (fun _ -> false)
             |> Fields.map Kimg)

    let private rules node (training: TrainingSettings) =
        let divides key value whole meaning =
            [
                if whole % value <> 0 then
                    Node.placeOf key node
                    |> Place.error $"must divide {meaning} ({whole}), but is {value}"
            ]

        let patience =
            [
                if training.Patience.HasValue && isNull training.Retention.Best then
                    Node.placeOf "patience" node
                    |> Place.error "needs the metric that keepBest names: there is nothing to be patient about without it"
                elif training.Patience.HasValue && training.EvaluateEvery = 0 then
                    Node.placeOf "patience" node
                    |> Place.error "needs evaluations in the course of the run: set evaluateEvery"
            ]

        let microBatch = training.Batch / training.Accumulate

        patience
        @ divides "accumulate" training.Accumulate training.Batch "the batch"
        @ divides
            "pack"
            training.Pack
            microBatch
            (if training.Accumulate = 1 then
                 "the batch"
             else
                 "batch / accumulate")

    let training catalogue : Shape<TrainingSettings> =
        let setting name (get: TrainingSettings -> 'T) = Fields.optional name get
        let count = Shape.whole<int> |> Shape.atLeast 1
        let every = Shape.whole<int> |> Shape.atLeast 0

        let data =
            Shape.choice
                [
                    "auto", DataPlacement.Auto
                    "resident", DataPlacement.Resident
                    "streamed", DataPlacement.Streamed
                ]

        fields {
            let! length = length
            and! batch = setting "batch" _.Batch count 64 "Real samples in an iteration."

            and! accumulate =
                setting "accumulate" _.Accumulate count 1 "Micro-batches whose gradients are added up before a step."

            and! steps =
                setting "discriminatorSteps" _.DiscriminatorSteps count 1 "Discriminator updates for each generator update."

            and! fresh =
                setting
                    "freshDraws"
                    _.FreshDraws
                    Shape.boolean
                    false
                    "Whether the generator's update draws samples and latents of its own; else it has those of the discriminator's update, which saves a batch."

            and! pack =
                setting "pack" _.Pack count 1 "Samples that the discriminator judges together."

            and! data =
                setting "data" _.Data data DataPlacement.Auto "Where the training data is kept."

            and! precision =
                setting "precision" _.Precision precisions Precision.Auto "What networks compute in."

            and! format =
                setting "memoryFormat" _.MemoryFormat formats MemoryFormat.Auto "How images and weights of convolutions lie in memory."

            and! common, named = OptimizerJson.optimizers catalogue

            and! ema =
                Fields.maybe
                    "ema"
                    (fun (training: TrainingSettings) -> Option.ofObj training.Ema)
                    ema
                    "Averaging of the generator's weights; null for none."

            and! health =
                setting "health" _.Health HealthJson.health HealthSettings.Default "What follows where something is wrong, by rule."

            and! logEvery =
                setting "logEvery" _.LogEvery every 50 "Iterations between logged scalars; 0 is at the end only."

            and! snapshotEvery =
                setting "snapshotEvery" _.SnapshotEvery every 500 "Iterations between snapshots; 0 is at the end only."

            and! checkpointEvery =
                setting "checkpointEvery" _.CheckpointEvery every 1000 "Iterations between checkpoints; 0 is at the end only."

            and! evaluateEvery =
                setting "evaluateEvery" _.EvaluateEvery every 0 "Iterations between evaluations; 0 is at the end only."

            and! retention = retention

            and! patience =
                Fields.maybe
                    "patience"
                    (fun (training: TrainingSettings) -> Option.ofNullable training.Patience)
                    count
                    "The run ends after so many evaluations without a better value of the metric that keepBest names; null for never."

            return
                {
                    Iterations =
                        match length with
                        | Iterations iterations -> iterations
                        | Kimg kimg -> int64 (ceil (kimg * 1000.0 / float batch))
                    Batch = batch
                    Accumulate = accumulate
                    DiscriminatorSteps = steps
                    FreshDraws = fresh
                    Pack = pack
                    Data = data
                    Precision = precision
                    MemoryFormat = format
                    DefaultOptimizer = common
                    Optimizers = named
                    Ema = Option.toObj ema
                    Health = health
                    LogEvery = logEvery
                    SnapshotEvery = snapshotEvery
                    CheckpointEvery = checkpointEvery
                    EvaluateEvery = evaluateEvery
                    Retention = retention
                    Patience = Option.toNullable patience
                }
        }
        |> Fields.check rules
        |> Fields.shape
