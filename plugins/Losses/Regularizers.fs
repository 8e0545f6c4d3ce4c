namespace PluginGan.Plugins.Losses

open PluginGan
open TorchSharp

/// Regularisers as the host applies them: bare values, since the weight, its schedule and the interval stand in the recipe.
module Regularizers =

    /// R1, arXiv:1801.04406: half the squared gradient norm of D at real samples, so that the recipe's weight is the paper's γ.
    let r1 () =
        { new Regularizer() with
            override _.Phase = "d"
            override _.DifferentiatesInput = true

            override _.Penalty step =
                Penalty.zeroCentred (step.Gradient(step.RealOutput.Logits, step.RealInput))
        }

    /// R2, arXiv:1801.04406: as R1, at generated samples.
    let r2 () =
        { new Regularizer() with
            override _.Phase = "d"
            override _.DifferentiatesInput = true

            override _.Penalty step =
                Penalty.zeroCentred (step.Gradient(step.FakeOutput.Logits, step.FakeInput))
        }

    /// The gradient penalty of WGAN-GP, arXiv:1704.00028: the gradient norm of D between real and generated samples is pulled towards
    /// the target. It differentiates by points of its own, not by the step's inputs.
    let gradientPenalty (options: GradientPenaltyOptions) =
        let target = options.Target.ToScalar()

        { new Regularizer() with
            override _.Phase = "d"

            override _.Penalty step =
                let between =
                    Penalty.between (step.Seed "gradient-penalty") step.RealInput step.FakeInput

                let verdict = step.Model.Discriminate(between, step.Condition)
                Penalty.aroundNorm target (step.Gradient(verdict.Logits, between))
        }

    /// Weight clipping, arXiv:1701.07875.
    let weightClipping (options: WeightClippingOptions) =
        let low, high = (-options.Limit).ToScalar(), options.Limit.ToScalar()

        { new Regularizer() with
            override _.Phase = "d"

            override _.AfterStep parameters =
                for parameter in parameters do
                    parameter.clamp_ (low, high) |> ignore
        }

    /// Feature matching, arXiv:1606.03498: the squared distance between the mean discriminator features of real and generated samples.
    let featureMatching () =
        { new Regularizer() with
            override _.Phase = "g"

            override _.Penalty step =
                Penalty.squaredDistanceOfMeans (step.RealOutput.Head "features") (step.FakeOutput.Head "features")
        }

    /// The squared distance between the mean real and the mean generated sample: it needs no discriminator.
    let meanDistance () =
        { new Regularizer() with
            override _.Phase = "g"

            override _.Penalty step =
                Penalty.squaredDistanceOfMeans step.Real.Samples step.Generated
        }
