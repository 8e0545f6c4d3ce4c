namespace PluginGan.Plugins.Metrics

open System.ComponentModel
open System.ComponentModel.DataAnnotations
open PluginGan

type InceptionScoreOptions() =
    [<Required>]
    [<Description("The feature extractor that classifies; it must yield class logits. auto: one that suits the data.")>]
    member val Extractor = "auto" with get, set

    [<Range(1, 1000)>]
    [<Description("Parts that the shuffled samples are cut into; the score is the mean over them.")>]
    member val Splits = 10 with get, set

/// The inception score under an extractor that classifies.
module InceptionScore =

    let evaluator (options: InceptionScoreOptions) =
        let named = Measured.under options.Extractor

        { new Evaluator() with
            override _.Extractors = [| options.Extractor |]

            override _.Metrics =
                [|
                    MetricInfo(
                        named "inception-score",
                        "Whether each generated sample is of a clear class and all classes occur, mean over splits: 1 to the number of classes.",
                        MetricDirection.Higher
                    )
                    MetricInfo(
                        named "inception-score-std",
                        "Its standard deviation over the splits; left out where there is one.",
                        MetricDirection.None
                    )
                |]

            override _.Evaluate context =
                let logits =
                    Measured.logits "inception-score" context SampleSet.Generated options.Extractor

                Require.atLeast (int64 options.Splits) "class logits of generated samples" logits

                let scores =
                    Shuffle.parts (context.Seed "inception-score") (int logits.shape[0]) options.Splits
                    |> Inception.scores logits

                [|
                    MetricValue(named "inception-score", Summary.mean scores)
                    if scores.Length > 1 then
                        MetricValue(named "inception-score-std", Summary.deviation scores)
                |]
        }
