namespace PluginGan.Plugins.Metrics

open System.ComponentModel
open System.ComponentModel.DataAnnotations
open PluginGan

type FidOptions() =
    [<Required>]
    [<Description("The feature extractor whose features are compared; auto: one that suits the data.")>]
    member val Extractor = "auto" with get, set

/// The Fréchet distance under an extractor.
module Fid =

    /// It warns where there are too few samples for the features: the covariance is singular then, and the distance biased upwards.
    let evaluator (options: FidOptions) =
        let name = Measured.under options.Extractor "fid"

        { new Evaluator() with
            override _.Extractors = [| options.Extractor |]

            override _.Metrics =
                [|
                    MetricInfo(
                        name,
                        "Fréchet distance of real and generated features, from 0; comparable at equal sample counts.",
                        MetricDirection.Lower
                    )
                |]

            override _.Evaluate context =
                let real = Measured.features context SampleSet.Real options.Extractor
                let generated = Measured.features context SampleSet.Generated options.Extractor
                let fewest, features = min real.shape[0] generated.shape[0], real.shape[1]

                if fewest <= features then
                    context.Warn(
                        $"{name} on {fewest} samples is unreliable: it needs more samples than the {features} features; "
                        + "evaluate on more, or use kid"
                    )

                [| MetricValue(name, Frechet.distance real generated) |]
        }
