namespace PluginGan.Plugins.Metrics

open System.ComponentModel
open System.ComponentModel.DataAnnotations
open PluginGan
open TorchSharp
open type TorchSharp.torch.nn

type TaskScoreOptions() =
    [<Range(1, 1000)>]
    [<Description("Passes over real and generated training samples together. Classifiers that see only one of these sets pass over it so much more often that all are updated equally often.")>]
    member val Epochs = 5 with get, set

    [<Range(1, 10000)>]
    [<Description("Samples in a batch.")>]
    member val Batch = 64 with get, set

    [<Range(0.0, 1.0, MinimumIsExclusive = true)>]
    [<Description("The learning rate at the start.")>]
    member val Rate = 1e-3 with get, set

    [<Range(4, 512)>]
    [<Description("Channels of the classifier's first convolution.")>]
    member val Width = 32 with get, set

/// What generated samples are good for: classifiers that learn from them (classification accuracy score, arXiv:1905.10887; "train on
/// synthetic, test on real", arXiv:1706.02633).
module TaskScore =

    let private refuse reason =
        raise (ComponentException $"task-score {reason}")

    /// Samples that are classified at once.
    let private chunk = 500L

    let private classes (context: EvaluationContext) =
        match context.Data.Condition with
        | :? ClassCondition as classes -> classes.Count
        | other -> refuse $"needs data with classes, but the data has {other}: choose a labelled dataset, or leave task-score out"

    /// Samples of a set with their labels, which they must have.
    let private labelled (context: EvaluationContext) set (samples: torch.Tensor) (rows: int64[]) =
        match context.Conditions set with
        | NonNull labels -> new Batch(samples, labels.index_select (0L, torch.tensor rows))
        | Null when set = SampleSet.Generated -> refuse "needs a class-conditional model, which can be asked for classes: train one, or leave task-score out"
        | Null -> refuse "needs labelled real data, but the data has no labels: choose a dataset with classes"

    let private some (context: EvaluationContext) set (rows: int64[]) =
        labelled context set (context.Samples(set, rows)) rows

    let private all (context: EvaluationContext) set =
        some context set [| 0L .. context.Count set - 1L |]

    /// As many training samples as there are generated ones, so that the amount of data explains no difference.
    let private training (context: EvaluationContext) =
        let count = int (context.Count SampleSet.Training)

        if count = 0 then
            refuse "compares with training on real data, but there is no training data in this evaluation: evaluate a run, or leave task-score out"

        Shuffle.subset (context.Seed "task-score/training") count (min count (int (context.Count SampleSet.Generated)))
        |> some context SampleSet.Training

    let private together (first: Batch) (second: Batch) =
        let conditions =
            [|
                for batch in [ first; second ] do
                    match batch.Condition with
                    | NonNull labels -> labels
                    | Null -> ()
            |]

        new Batch(torch.cat [| first.Samples; second.Samples |], torch.cat conditions)

    let private fit (options: TaskScoreOptions) (context: EvaluationContext) images classes (updates: float) (data: Batch) =
        // All classifiers begin with the same weights.
        torch.manual_seed (int64 (context.Seed "task-score/weights")) |> ignore
        let network = new ImageClassifier(images, classes, options.Width)

        let loss (batch: Batch) =
            match batch.Condition with
            | NonNull labels -> functional.cross_entropy (network.call batch.Samples, labels)
            | Null -> refuse "needs labels in every batch"

        let size = min options.Batch (int data.Count)
        let epochs = max 1 (int (round (updates / float data.Count)))
        context.Fit(Fitting(network, loss, FitSettings(epochs, size, options.Rate)), data, "task-score")
        network

    /// The samples that a classifier gets right, and those that it would get right by chance.
    let private check (network: ImageClassifier) (data: Batch) =
        use _ = torch.no_grad ()

        let classes =
            [|
                for from in 0L .. chunk .. data.Count - 1L do
                    let logits = network.call (data.Samples.narrow (0L, from, min chunk (data.Count - from)))
                    Require.finite "verdicts of a classifier" logits
                    logits.argmax 1L
            |]
            |> torch.cat

        match data.Condition with
        | NonNull labels -> ClassifierCheck.Of(labels, (fun labels -> classes.eq labels))
        | Null -> refuse "needs labels of all samples"

    let private warnAtChance (context: EvaluationContext) (check: ClassifierCheck) =
        if check.IsAtChance then
            context.Warn(
                $"task-score: the classifier that is trained on real samples has not learnt the classes: {check}, so its other figures say little; "
                + "check the labels, or raise 'epochs'"
            )

    let evaluator (options: TaskScoreOptions) =
        { new Evaluator() with
            override _.IsResampled = false

            override _.Metrics =
                [|
                    MetricInfo(
                        "train-generated-test-real",
                        "Accuracy on real samples of a classifier trained on generated ones, 0 to 1.",
                        MetricDirection.Higher
                    )
                    MetricInfo(
                        "train-real-test-generated",
                        "Accuracy on generated samples of a classifier trained on as many real ones, 0 to 1; above that on real ones the generated are too typical.",
                        MetricDirection.NearReference,
                        Reference = "train-real-test-real"
                    )
                    MetricInfo(
                        "train-real-test-real",
                        "Accuracy on real samples of a classifier trained on as many real ones, 0 to 1: what the others compare with.",
                        MetricDirection.None
                    )
                    MetricInfo(
                        "augmentation-gain",
                        "Accuracy on real samples gained by adding the generated samples to the real ones, -1 to 1.",
                        MetricDirection.Higher
                    )
                |]

            override _.Evaluate context =
                use _ = torch.NewDisposeScope()
                let images, classes = Measured.images "task-score" context, classes context

                let generated, held, training =
                    all context SampleSet.Generated, all context SampleSet.Real, training context

                for what, set in
                    [
                        "generated samples", generated
                        "real samples", held
                        "training samples", training
                    ] do
                    Require.finite what set.Samples
                    Require.atLeast 2L what set.Samples

                Require.differing "real and generated samples" [ held.Samples; generated.Samples ]

                match held.Condition with
                | NonNull labels when labels.eq(labels.narrow (0L, 0L, 1L)).all().item<bool>() ->
                    refuse "needs real samples of at least two classes: evaluate on more samples"
                | _ -> ()

                let updates = float options.Epochs * float (generated.Count + training.Count)

                let score data (tests: Batch list) =
                    use network = fit options context images classes updates data
                    tests |> List.map (check network)

                let onGenerated = score generated [ held ]
                let onReal = score training [ held; generated ]
                let onBoth = score (together training generated) [ held ]
                warnAtChance context onReal[0]

                [|
                    MetricValue("train-generated-test-real", onGenerated[0].Accuracy)
                    MetricValue("train-real-test-generated", onReal[1].Accuracy)
                    MetricValue("train-real-test-real", onReal[0].Accuracy)
                    MetricValue("augmentation-gain", onBoth[0].Accuracy - onReal[0].Accuracy)
                |]
        }
