namespace PluginGan.Core

open PluginGan
open PluginGan.Core.Fields

/// The part of a recipe under "training".
module internal TrainingJson =

    let private optimizer (defaults: OptimizerSettings) : Shape<OptimizerSettings> =
        let decay = Shape.number |> Shape.atLeast 0.0 |> Shape.below 1.0
        let rate = ScheduleJson.ofValue (Shape.number |> Shape.atLeast 0.0)
        let setting name (get: OptimizerSettings -> 'T) = Fields.optional name get

        fields {
            let! name =
                setting "name" _.Name (Shape.choice [ "adam", "adam" ]) defaults.Name "The optimiser."

            and! rate =
                setting "rate" _.Rate rate defaults.Rate "The learning rate, which may follow a schedule."

            and! beta1 =
                setting "beta1" _.Beta1 decay defaults.Beta1 "The decay of the mean of gradients."

            and! beta2 =
                setting "beta2" _.Beta2 decay defaults.Beta2 "The decay of the mean of squared gradients."

            and! epsilon =
                setting "epsilon" _.Epsilon (Shape.number |> Shape.above 0.0) defaults.Epsilon "Added to the denominator."

            return
                {
                    Name = name
                    Rate = rate
                    Beta1 = beta1
                    Beta2 = beta2
                    Epsilon = epsilon
                }
        }
        |> Fields.shape

    /// The optimiser for networks that are not named, and those of the named ones, which take from it what they leave out.
    type private Optimizers = OptimizerSettings * Map<string, OptimizerSettings>

    let private optimizers: Shape<Optimizers> =
        let initial = OptimizerSettings.Default

        let read node =
            let common = Fields.optional "default" id (optimizer initial) initial ""

            let named settings =
                [
                    for name, child in Node.entries node do
                        if name <> "default" && child.Value <> Null then
                            (optimizer settings).Read child |> Draft.map (fun settings -> name, settings)
                ]
                |> Draft.survivors
                |> Draft.map (fun named -> settings, Map named)
            // Named optimisers are read even where the common one is wrong, for the sake of their own errors.
            let settings = common.Read node
            let rest = named (settings |> Draft.value |> Option.defaultValue initial)
            Draft.both settings rest |> Draft.map snd

        {
            Read =
                fun node ->
                    match node.Value with
                    | Object _ -> read node
                    | _ -> Shape.mismatch "an object that maps networks to optimizers" node
            Write =
                fun (settings, named) ->
                    ("default", settings) :: Map.toList named
                    |> List.map (fun (name, settings) -> name, (optimizer settings).Write settings)
                    |> Json.object
            Schema =
                fun () ->
                    Json.object
                        [
                            "type", Json.value "object"
                            "additionalProperties", (optimizer initial).Schema()
                        ]
        }

    let private ema: Shape<float> =
        Fields.required "halfLifeKimg" id (Shape.number |> Shape.above 0.0) "The half-life in thousands of real samples."
        |> Fields.shape

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

        let microBatch = training.Batch / training.Accumulate

        divides "accumulate" training.Accumulate training.Batch "the batch"
        @ divides
            "pack"
            training.Pack
            microBatch
            (if training.Accumulate = 1 then
                 "the batch"
             else
                 "batch / accumulate")

    let training: Shape<TrainingSettings> =
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

            and! pack =
                setting "pack" _.Pack count 1 "Samples that the discriminator judges together."

            and! data =
                setting "data" _.Data data DataPlacement.Auto "Where the training data is kept."

            and! common, named =
                setting
                    "optimizers"
                    (fun training -> training.DefaultOptimizer, Map [ for entry in training.Optimizers -> entry.Key, entry.Value ])
                    optimizers
                    (OptimizerSettings.Default, Map.empty)
                    "Optimizers by network; 'default' is for all others."

            and! ema =
                Fields.maybe
                    "ema"
                    (fun (training: TrainingSettings) -> Option.ofNullable training.EmaHalfLifeKimg)
                    ema
                    "Averaging of the generator's weights; null for none."

            and! logEvery =
                setting "logEvery" _.LogEvery every 50 "Iterations between logged scalars; 0 is at the end only."

            and! snapshotEvery =
                setting "snapshotEvery" _.SnapshotEvery every 500 "Iterations between snapshots; 0 is at the end only."

            and! checkpointEvery =
                setting "checkpointEvery" _.CheckpointEvery every 1000 "Iterations between checkpoints; 0 is at the end only."

            and! evaluateEvery =
                setting "evaluateEvery" _.EvaluateEvery every 0 "Iterations between evaluations; 0 is at the end only."

            and! keepCheckpoints =
                setting "keepCheckpoints" _.KeepCheckpoints count 3 "How many of the latest checkpoints are kept."

            return
                {
                    Iterations =
                        match length with
                        | Iterations iterations -> iterations
                        | Kimg kimg -> int64 (ceil (kimg * 1000.0 / float batch))
                    Batch = batch
                    Accumulate = accumulate
                    DiscriminatorSteps = steps
                    Pack = pack
                    Data = data
                    DefaultOptimizer = common
                    Optimizers = named
                    EmaHalfLifeKimg = Option.toNullable ema
                    LogEvery = logEvery
                    SnapshotEvery = snapshotEvery
                    CheckpointEvery = checkpointEvery
                    EvaluateEvery = evaluateEvery
                    KeepCheckpoints = keepCheckpoints
                }
        }
        |> Fields.check rules
        |> Fields.shape
