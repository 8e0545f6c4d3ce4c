namespace PluginGan.Plugins.Metrics

open System.ComponentModel
open System.ComponentModel.DataAnnotations
open PluginGan

type KidOptions() =
    [<Required>]
    [<Description("The feature extractor whose features are compared; auto: one that suits the data.")>]
    member val Extractor = "auto" with get, set

    [<Range(1, 100000)>]
    [<Description("How many random subsets are compared.")>]
    member val Subsets = 100 with get, set

    [<Range(2, 100000)>]
    [<Description("Samples in a subset, drawn without replacement; all where there are fewer.")>]
    member val SubsetSize = 1000 with get, set

/// The kernel distance under an extractor.
module Kid =

    let evaluator (options: KidOptions) =
        let named = Measured.under options.Extractor

        { new Evaluator() with
            override _.Extractors = [| options.Extractor |]

            override _.Metrics =
                [|
                    MetricInfo(
                        named "kid",
                        "Squared maximum mean discrepancy of real and generated features, mean over subsets; unbiased, so about 0 at best and slightly below at times.",
                        MetricDirection.Lower
                    )
                    MetricInfo(
                        named "kid-std",
                        "Its standard deviation over the subsets; left out where one subset is all there is.",
                        MetricDirection.None
                    )
                |]

            override _.Evaluate context =
                let points set =
                    Measured.points context set options.Extractor

                let real, generated = points SampleSet.Real, points SampleSet.Generated
                let size = options.SubsetSize |> min real.Count |> min generated.Count

                let drawn what number (points: Points) =
                    Shuffle.subset (Shuffle.seedOf (context.Seed $"kid/{what}") number) points.Count size

                // Where a subset is all there is, they are all alike.
                let subsets =
                    if size = real.Count && size = generated.Count then
                        1
                    else
                        options.Subsets

                let distances =
                    Array.init subsets (fun number ->
                        context.CancellationToken.ThrowIfCancellationRequested()
                        context.ReportProgress(number, subsets)

                        KernelDistance.ofSubsets real generated [| struct (drawn "real" number real, drawn "generated" number generated) |]
                        |> Array.exactlyOne)

                [|
                    MetricValue(named "kid", Summary.mean distances)
                    if subsets > 1 then
                        MetricValue(named "kid-std", Summary.deviation distances)
                |]
        }
