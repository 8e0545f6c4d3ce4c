namespace PluginGan.Plugins.Losses

open PluginGan
open TorchSharp

/// What pulls the generator towards the data by distances between means.
module Distances =

    let private feature (output: DiscriminatorOutput) = output.Features

    let private mahalanobis (real: torch.Tensor) (fake: torch.Tensor) =
        if real.shape[0] < 2L then
            raise (
                ComponentException
                    "mean-distance with the metric mahalanobis needs the spread of a batch, but there is only one sample (or pack) in it: raise training.batch, or lower training.accumulate or training.pack"
            )

        Penalty.squaredMahalanobis real fake

    /// The squared distance between the mean of real and that of generated samples, as they are (it needs no discriminator then) or in the
    /// discriminator's features.
    let meanDistance (options: MeanDistanceOptions) =
        let distance =
            match options.Metric with
            | DistanceMetric.Mahalanobis -> mahalanobis
            | _ -> Penalty.squaredEuclidean

        { new Regularizer() with
            override _.Side = Side.Generator

            override _.Penalty pair =
                match options.Space with
                | DistanceSpace.Features -> distance (feature pair.Real.Output) (feature pair.Fake.Output)
                | _ -> distance pair.Real.Samples pair.Fake.Samples
        }

    /// Feature matching, arXiv:1606.03498, section 3.1: the squared distance between the mean discriminator features of real and generated samples.
    let featureMatching () =
        meanDistance (MeanDistanceOptions(Space = DistanceSpace.Features))
