namespace PluginGan.Plugins.Losses

open PluginGan
open TorchSharp
open type TorchSharp.torch

/// What pushes generated samples away from each other.
module Diversity =

    /// The repelling term of EBGAN, arXiv:1609.03126, section 2.4: the mean squared cosine between the features of any two generated samples.
    let pullAway () =
        { new Regularizer() with
            override _.Side = Side.Generator

            override _.Penalty pair =
                let features = pair.Fake.Output.Features

                if features.shape[0] < 2L then
                    raise (
                        ComponentException
                            "pull-away compares samples of a batch, but the discriminator sees only one at a time: raise training.batch, or lower training.accumulate or training.pack"
                    )

                Penalty.meanSquaredCosine features
        }

    /// Mode seeking (MSGAN), arXiv:1903.05628, equation 3: the distance between samples is to be great against that of their latents. Minimised is
    /// the inverse of the paper's quotient, as in its authors' code: it cannot run off. Half a batch of pairs, each under one condition.
    let diversity () =
        { new Regularizer() with
            override _.Side = Side.Generator

            override _.ModelPenalty step =
                let pairs = Operators.max 1L (step.Real.Count / 2L)

                let halves (both: Tensor) =
                    both.narrow (0L, 0L, pairs), both.narrow (0L, pairs, pairs)

                let latents = step.Latent(2L * pairs)

                let condition =
                    match step.Condition with
                    | Null -> null
                    | NonNull condition ->
                        let half = condition.narrow (0L, 0L, pairs)
                        cat ([| half; half |])

                let samples = step.Model.Generate(latents, condition) |> Samples.raised
                Penalty.latentOverSampleDistance (halves latents) (halves samples)
        }
