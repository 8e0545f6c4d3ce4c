namespace PluginGan.Plugins.Losses

open PluginGan
open TorchSharp

/// What keeps a discriminator smooth. Each yields its bare value: the weight, its schedule and the interval stand in the recipe.
module Smoothness =

    /// R1, arXiv:1801.04406: half the squared gradient norm of D at real samples, so that the recipe's weight is the paper's γ.
    let r1 () =
        { new Regularizer() with
            override _.Side = Side.Discriminator
            override _.DifferentiatesInput = true

            override _.Penalty pair =
                Penalty.zeroCentred (pair.Step.Gradient(pair.Real.Logits, pair.Real.Input))
        }

    /// R2, arXiv:1801.04406: as R1, at generated samples.
    let r2 () =
        { new Regularizer() with
            override _.Side = Side.Discriminator
            override _.DifferentiatesInput = true

            override _.Penalty pair =
                Penalty.zeroCentred (pair.Step.Gradient(pair.Fake.Logits, pair.Fake.Input))
        }

    /// The gradient norm of D at points of the regulariser's own, not at the step's inputs, is pulled towards the target.
    let private gradientNorm (target: float) (points: JudgedPair -> torch.Tensor) =
        let target = target.ToScalar()

        { new Regularizer() with
            override _.Side = Side.Discriminator

            override _.Penalty pair =
                let points = points pair
                Penalty.aroundNorm target (pair.Step.Gradient(pair.Real.At(points).Logits, points))
        }

    /// The gradient penalty of WGAN-GP, arXiv:1704.00028: between real and generated samples.
    let gradientPenalty (options: GradientPenaltyOptions) =
        gradientNorm options.Target (fun pair ->
            use _ = pair.Step.BeginDraws("gradient-penalty" + pair.Pair.Name)
            Penalty.between pair.Real.Input pair.Fake.Input)

    /// DRAGAN, arXiv:1705.07215: near real samples. The paper writes the perturbation as N(0, cI); this is the one of its authors' code.
    let dragan (options: DraganOptions) =
        let reach = options.Reach.ToScalar()

        gradientNorm options.Target (fun pair ->
            use _ = pair.Step.BeginDraws("dragan" + pair.Pair.Name)
            Penalty.around reach pair.Real.Input)

    /// Weight clipping, arXiv:1701.07875.
    let weightClipping (options: WeightClippingOptions) =
        let low, high = (-options.Limit).ToScalar(), options.Limit.ToScalar()

        { new Regularizer() with
            override _.Side = Side.Discriminator

            override _.AfterStep parameters =
                for parameter in parameters do
                    parameter.clamp_ (low, high) |> ignore
        }
