namespace PluginGan.Plugins.Metrics

open System.ComponentModel
open System.ComponentModel.DataAnnotations
open PluginGan

type MahalanobisOptions() =
    [<Required>]
    [<Description("The feature extractor whose features are compared; auto: one that suits the data.")>]
    member val Extractor = "auto" with get, set

/// The Mahalanobis distance of generated samples from the real distribution under an extractor.
module Mahalanobis =

    let evaluator (options: MahalanobisOptions) =
        let named = Measured.under options.Extractor

        { new Evaluator() with
            override _.Extractors = [| options.Extractor |]

            override _.Metrics =
                [|
                    MetricInfo(
                        named "mahalanobis",
                        "Mean distance of generated samples from the real mean under the shrunk real covariance, from 0; of real ones up to the root of the number of features, and less where all keep to the middle.",
                        MetricDirection.NearReference
                    )
                    MetricInfo(
                        named "mahalanobis-means",
                        "Distance of the mean generated features from the mean real ones under the same covariance, from 0.",
                        MetricDirection.Lower
                    )
                    MetricInfo(
                        named "mahalanobis-shrinkage",
                        "How far the covariance was pulled to a multiple of the identity, 0 to 1: says how little the real samples determine it, not how good the generated ones are.",
                        MetricDirection.None
                    )
                |]

            override _.Evaluate context =
                let features set =
                    Measured.features context set options.Extractor

                let struct (distances, distanceOfMean, shrinkage) =
                    ShrunkCovariance.mahalanobis (features SampleSet.Real) (features SampleSet.Generated)

                [|
                    MetricValue(named "mahalanobis", Summary.mean distances)
                    MetricValue(named "mahalanobis-means", distanceOfMean)
                    MetricValue(named "mahalanobis-shrinkage", shrinkage)
                |]
        }
