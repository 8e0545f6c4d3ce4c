namespace PluginGan.Plugins.Losses

open PluginGan

/// Adversarial losses, their regularisers, and noise before the discriminator.
type LossesPlugin() =
    interface IGanPlugin with
        member _.Register components =
            let info name source summary =
                ComponentInfo(name, summary, Source = source, RequiredRoles = [| Roles.Discriminator |])

            let loss loss info =
                components.Loss<NoOptions>(info, fun _ _ -> Loss.toComponent loss)

            let smoothedLoss loss info =
                components.Loss<CrossEntropyOptions>(info, fun options _ -> Loss.toComponent (loss options.LabelSmoothing))

            let regularizer create info =
                components.Regularizer<NoOptions>(info, fun _ _ -> create ())

            info "non-saturating" "arXiv:1406.2661" "The usual GAN: cross-entropy, the generator maximising log D(G(z))."
            |> smoothedLoss Loss.nonSaturating

            info "saturating" "arXiv:1406.2661" "The minimax game: cross-entropy, the generator minimising log(1 - D(G(z)))."
            |> smoothedLoss Loss.saturating

            info "wasserstein" "arXiv:1701.07875" "The Wasserstein critic; needs gradient-penalty or weight-clipping beside it."
            |> loss Loss.wasserstein

            info "least-squares" "arXiv:1611.04076" "Squared distance of the logits from 1 for real and 0 for generated samples."
            |> loss Loss.leastSquares

            info "hinge" "arXiv:1802.05957" "Logits count up to a margin of 1."
            |> loss Loss.hinge

            info "relativistic" "arXiv:2501.05441" "How much more real a real sample looks than the generated one it is paired with."
            |> loss Loss.relativistic

            info "r1" "arXiv:1801.04406" "Half the squared gradient norm of the discriminator at real samples; the weight is γ."
            |> regularizer Regularizers.r1

            info "r2" "arXiv:1801.04406" "Half the squared gradient norm of the discriminator at generated samples; the weight is γ."
            |> regularizer Regularizers.r2

            components.Regularizer<GradientPenaltyOptions>(
                info
                    "gradient-penalty"
                    "arXiv:1704.00028"
                    "Pulls the gradient norm between real and generated samples to 1; usual weight 10.",
                fun options _ -> Regularizers.gradientPenalty options
            )

            components.Regularizer<WeightClippingOptions>(
                info "weight-clipping" "arXiv:1701.07875" "Clamps the discriminator's weights after each of its steps.",
                fun options _ -> Regularizers.weightClipping options
            )

            info "feature-matching" "arXiv:1606.03498" "Squared distance of mean discriminator features; needs the head 'features'."
            |> regularizer Regularizers.featureMatching

            ComponentInfo("mean-distance", "Squared distance between the mean real and the mean generated sample.")
            |> regularizer Regularizers.meanDistance

            components.Augmentation<InstanceNoiseOptions>(
                info "instance-noise" "arXiv:1610.04490" "Gaussian noise on all that the discriminator sees.",
                fun options _ -> Augmentations.instanceNoise options
            )
