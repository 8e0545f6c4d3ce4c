namespace PluginGan.Plugins.Metrics

open System.ComponentModel
open System.ComponentModel.DataAnnotations
open PluginGan

type ClassCoverageOptions() =
    [<Required>]
    [<Description("The feature extractor that classifies; it must yield class logits. auto: one that suits the data.")>]
    member val Extractor = "auto" with get, set

    [<Range(0.0, 1.0)>]
    [<Description("A sample counts as confident from this probability of its class on.")>]
    member val Confidence = 0.9 with get, set

    [<Range(0.0, 1.0)>]
    [<Description("A class counts as covered from this share of the generated samples on.")>]
    member val MinimumShare = 0.01 with get, set

/// Whether all classes are generated, as they were asked for, and clearly.
module ClassCoverage =

    let private agreement (options: ClassCoverageOptions) (context: EvaluationContext) (classes: int64) predicted =
        match context.Data.Condition, context.Conditions SampleSet.Generated with
        | (:? ClassCondition as asked), NonNull labels ->
            if int64 asked.Count <> classes then
                raise (
                    ComponentException
                        $"class-coverage: the extractor '{options.Extractor}' knows {classes} classes and the data has {asked.Count}; name one that was fitted on this data"
                )

            Classification.agreement (labels.data<int64>().ToArray()) predicted
        | _ -> nan

    let evaluator (options: ClassCoverageOptions) =
        let named = Measured.under options.Extractor

        let metric name summary direction =
            MetricInfo(named name, summary, direction)

        { new Evaluator() with
            override _.Extractors = [| options.Extractor |]

            override _.Metrics =
                [|
                    metric
                        "agreement"
                        "Share of generated samples classified as what they were asked to be; NaN without classes."
                        MetricDirection.Higher
                    metric
                        "class-coverage"
                        $"Share of classes that at least {options.MinimumShare} of the generated samples fall into."
                        MetricDirection.Higher
                    metric
                        "min-class"
                        "Share of generated samples in the rarest class; 1 over the number of classes at best."
                        MetricDirection.Higher
                    MetricInfo(
                        named "confident",
                        $"Share of generated samples with a class probability of {options.Confidence} or more.",
                        MetricDirection.NearReference,
                        Reference = "confident-real"
                    )
                    metric "confident-real" "The same share among real samples." MetricDirection.None
                    MetricInfo(
                        named "confidence-ratio",
                        "confident over confident-real: 1 where they are as clear as real ones; NaN over 0.",
                        MetricDirection.NearReference,
                        Reference = "1"
                    )
                |]

            override _.Evaluate context =
                let logits set =
                    Measured.logits "class-coverage" context set options.Extractor

                let real, generated = logits SampleSet.Real, logits SampleSet.Generated

                let _, realProbabilities =
                    Classification.verdicts "class logits of real samples" real

                let predicted, probabilities =
                    Classification.verdicts "class logits of generated samples" generated

                let classes = generated.shape[1]
                let agreement = agreement options context classes predicted
                Require.atLeast 2L "class logits of real samples" real
                Require.differing "class logits of real samples" [ real ]
                Require.varied "class logits of generated samples" generated
                let shares = Classification.shares (int classes) predicted
                let confident = Classification.confident options.Confidence probabilities
                let confidentReal = Classification.confident options.Confidence realProbabilities

                let ratio =
                    if confidentReal = 0.0 then
                        nan
                    else
                        confident / confidentReal

                [|
                    MetricValue(named "agreement", agreement)
                    MetricValue(named "class-coverage", Classification.coverage options.MinimumShare shares)
                    MetricValue(named "min-class", Array.min shares)
                    MetricValue(named "confident", confident)
                    MetricValue(named "confident-real", confidentReal)
                    MetricValue(named "confidence-ratio", ratio)
                |]
        }
