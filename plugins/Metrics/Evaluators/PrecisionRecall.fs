namespace PluginGan.Plugins.Metrics

open System.ComponentModel
open System.ComponentModel.DataAnnotations
open PluginGan

type PrecisionRecallOptions() =
    [<Required>]
    [<Description("The feature extractor whose features are compared; auto: one that suits the data.")>]
    member val Extractor = "auto" with get, set

    [<Range(1, 1000)>]
    [<Description("The ball around a sample reaches to this neighbour in its own set.")>]
    member val K = 3 with get, set

/// Improved precision and recall under an extractor.
module PrecisionRecall =

    let evaluator (options: PrecisionRecallOptions) =
        let named = Measured.under options.Extractor

        { new Evaluator() with
            override _.Extractors = [| options.Extractor |]

            override _.Metrics =
                [|
                    MetricInfo(
                        named "precision",
                        "Share of generated samples among the real ones: how good they look, 0 to 1.",
                        MetricDirection.Higher
                    )
                    MetricInfo(
                        named "recall",
                        "Share of real samples among the generated ones: how much of the data is generated, 0 to 1.",
                        MetricDirection.Higher
                    )
                |]

            override _.Evaluate context =
                let points set =
                    Measured.points context set options.Extractor

                let struct (precision, recall) =
                    Neighbours.precisionRecall options.K (points SampleSet.Real) (points SampleSet.Generated)

                [|
                    MetricValue(named "precision", precision)
                    MetricValue(named "recall", recall)
                |]
        }
