namespace PluginGan.Plugins.Metrics

open System.ComponentModel
open System.ComponentModel.DataAnnotations
open PluginGan
open TorchSharp

type EuclideanOptions() =
    [<Required>]
    [<Description("The feature extractor whose features are compared; auto: one that suits the data.")>]
    member val Extractor = "auto" with get, set

/// Euclidean distances under an extractor.
module Euclidean =

    let private distanceOfMeans (real: torch.Tensor) (generated: torch.Tensor) =
        use _ = torch.NewDisposeScope()

        let struct (real, generated) = Origin.shared real generated
        let difference = real.mean [| 0L |] - generated.mean [| 0L |]
        (difference * difference).sum().sqrt().item<float>()

    let evaluator (options: EuclideanOptions) =
        let named = Measured.under options.Extractor

        { new Evaluator() with
            override _.Extractors = [| options.Extractor |]

            override _.Metrics =
                [|
                    MetricInfo(
                        named "nearest-real",
                        "Mean distance from a generated sample to the nearest real one, from 0; low for copies too.",
                        MetricDirection.NearReference
                    )
                    MetricInfo(
                        named "mean-distance",
                        "Distance of the mean generated features from the mean real ones, from 0.",
                        MetricDirection.Lower
                    )
                |]

            override _.Evaluate context =
                let points set =
                    Measured.points context set options.Extractor

                let features set =
                    Measured.features context set options.Extractor

                let real, generated = points SampleSet.Real, points SampleSet.Generated
                Require.enough 2L "features of real samples" real.Count
                Require.enough 2L "features of generated samples" generated.Count
                Points.RequireDiffering real generated
                let nearest = Neighbours.nearestDistance generated real

                [|
                    MetricValue(named "nearest-real", Summary.mean nearest)
                    MetricValue(named "mean-distance", distanceOfMeans (features SampleSet.Real) (features SampleSet.Generated))
                |]
        }
