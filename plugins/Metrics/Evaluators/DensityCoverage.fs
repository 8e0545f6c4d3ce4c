namespace PluginGan.Plugins.Metrics

open System.ComponentModel
open System.ComponentModel.DataAnnotations
open PluginGan

type DensityCoverageOptions() =
    [<Required>]
    [<Description("The feature extractor whose features are compared; auto: one that suits the data.")>]
    member val Extractor = "auto" with get, set

    [<Range(1, 1000)>]
    [<Description("The ball around a real sample reaches to this neighbour among the real ones.")>]
    member val K = 5 with get, set

/// Density and coverage under an extractor.
module DensityCoverage =

    let evaluator (options: DensityCoverageOptions) =
        let named = Measured.under options.Extractor

        { new Evaluator() with
            override _.Extractors = [| options.Extractor |]

            override _.Metrics =
                [|
                    MetricInfo(
                        named "density",
                        "How densely real samples surround the generated ones, from 0; about 1 for real data, more where generated samples keep to its middle.",
                        MetricDirection.NearReference
                    )
                    MetricInfo(
                        named "coverage",
                        "Share of real samples with a generated one in their neighbourhood, 0 to 1.",
                        MetricDirection.Higher
                    )
                |]

            override _.Evaluate context =
                let points set =
                    Measured.points context set options.Extractor

                let struct (density, coverage) =
                    Neighbours.densityCoverage options.K (points SampleSet.Real) (points SampleSet.Generated)

                [|
                    MetricValue(named "density", density)
                    MetricValue(named "coverage", coverage)
                |]
        }
