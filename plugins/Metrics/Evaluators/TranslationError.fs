namespace PluginGan.Plugins.Metrics

open System.ComponentModel
open System.ComponentModel.DataAnnotations
open PluginGan
open TorchSharp

type TranslationErrorOptions() =
    [<Range(0, 10000000)>]
    [<Description("Training pairs among which the nearest source is looked up, the first ones: what would its target be worth as a translation? 0 leaves that out, as it must be where the training data has no pairs.")>]
    member val Pairs = 0 with get, set

    [<Description("A feature extractor that classifies, for the baseline that is told the class of each target and answers with the mean of the class. Empty leaves that out.")>]
    member val Classifier = "" with get, set

    [<Range(0, 1000)>]
    [<Description("Rows of the sheet: source, translation, target. 0 for no sheet.")>]
    member val Rows = 10 with get, set

/// How far translations are from the targets of held-out pairs, beside what needs no learning.
module TranslationError =

    /// The mean of |a - b| over all values; shapes broadcast.
    let private between (one: torch.Tensor) (other: torch.Tensor) =
        use _ = torch.NewDisposeScope()
        (one.``to`` torch.float64 - other).abs().mean().item<float>()

    /// The mean target of each sample's class, [N, ...].
    let private meanOfClass (predicted: int64[]) (targets: torch.Tensor) =
        let classes = torch.tensor predicted
        let count = Array.max predicted + 1L

        let shape =
            Array.mapi (fun axis size -> if axis = 0 then count else size) targets.shape

        let sums =
            torch.zeros(shape, dtype = torch.float64).index_add_(0L, classes, targets.``to`` torch.float64, (1.0).ToScalar())

        let counts =
            torch.bincount(classes).clamp_min((1.0).ToScalar()).reshape
                [| for axis in 0 .. shape.Length - 1 -> if axis = 0 then count else 1L |]

        (sums / counts).index_select(0L, classes)

    /// The target of that training pair whose source is nearest, for each source; Euclidean, [N, ...].
    let private targetOfNearest (pairs: int) (context: EvaluationContext) (sources: torch.Tensor) =
        let known =
            match context.Count SampleSet.Training, context.Conditions SampleSet.Training with
            | 0L, _
            | _, Null -> raise (ComponentException "translation-error: there are no training pairs in this evaluation; set 'pairs' to 0")
            | count, NonNull known -> known.narrow (0L, 0L, min count (int64 pairs))

        let points what (samples: torch.Tensor) =
            Points.OfTensor(what, samples.flatten 1L)

        let positions, _ =
            Neighbours.nearest 1 (points "sources" sources) (points "sources of training pairs" known)

        context.Samples(SampleSet.Training, positions |> Array.map (Array.head >> int64))

    /// Source, translation and target side by side; the source takes the target's channels.
    let private show rows (context: EvaluationContext) (sources: torch.Tensor) (translations: torch.Tensor) (targets: torch.Tensor) =
        match context.Data.Sample, context.Data.Condition with
        | (:? ImageSpec as target), (:? SampleCondition as condition) when rows > 0 ->
            match condition.Sample with
            | :? ImageSpec as source when (source.Height, source.Width) = (target.Height, target.Width) ->
                use _ = torch.NewDisposeScope()

                let alike =
                    if source.Channels = target.Channels then
                        sources
                    else
                        sources.mean([| 1L |], keepdim = true).expand_as targets

                let first (images: torch.Tensor) =
                    images.narrow (0L, 0L, min (int64 rows) images.shape[0])

                let sheet = torch.stack ([| first alike; first translations; first targets |], 1L)

                context.Show("translations", sheet.flatten (0L, 1L), 3)
            | _ -> ()
        | _ -> ()

    let evaluator (options: TranslationErrorOptions) =
        let tellsClasses, looksUp = options.Classifier <> "", options.Pairs > 0
        // The others are what a translation is compared with.
        let baseline name summary =
            MetricInfo(name, summary, MetricDirection.None)

        let classMean =
            if tellsClasses then
                Measured.under options.Classifier "class-mean-error"
            else
                ""

        { new Evaluator() with
            override _.Extractors =
                [|
                    if tellsClasses then
                        options.Classifier
                |]

            // Halves and floors are drawn for both sides by themselves: the pairs would be torn apart.
            override _.IsResampled = false

            override _.Metrics =
                [|
                    MetricInfo(
                        "translation-error",
                        "Mean absolute difference between the translation of a held-out source and its target, in the values of the samples (images: -1 to 1).",
                        MetricDirection.Lower
                    )
                    baseline
                        "copy-error"
                        "The same of the source itself in place of its translation; NaN where it has another form than the target."
                    baseline "mean-target-error" "The same of the mean of the held-out targets, whatever the source."
                    if tellsClasses then
                        baseline classMean "The same of the mean of those held-out targets that are of the target's class."
                    if looksUp then
                        baseline "nearest-pair-error" "The same of the target of that training pair whose source is nearest."
                |]

            override _.Evaluate context =
                match context.Conditions SampleSet.Generated with
                | Null ->
                    raise (ComponentException "translation-error: it is not known what the samples are translations of; evaluate a run")
                | NonNull sources ->
                    let targets, translations =
                        context.Samples SampleSet.Real, context.Samples SampleSet.Generated

                    for what, samples in [ "translations", translations; "targets", targets; "sources", sources ] do
                        Require.atLeast 2L what samples
                        Require.finite what samples

                    Require.differing "targets of translations" [ targets ]
                    show options.Rows context sources translations targets

                    [|
                        MetricValue("translation-error", between translations targets)
                        MetricValue(
                            "copy-error",
                            if sources.shape = targets.shape then
                                between sources targets
                            else
                                nan
                        )
                        MetricValue("mean-target-error", between targets (targets.mean ([| 0L |], keepdim = true)))
                        if tellsClasses then
                            let predicted, _ =
                                Classification.verdicts
                                    "class logits of targets"
                                    (Measured.logits "translation-error" context SampleSet.Real options.Classifier)

                            MetricValue(classMean, between targets (meanOfClass predicted targets))
                        if looksUp then
                            MetricValue("nearest-pair-error", between targets (targetOfNearest options.Pairs context sources))
                    |]
        }
