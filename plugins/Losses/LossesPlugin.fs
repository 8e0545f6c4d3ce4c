namespace PluginGan.Plugins.Losses

open PluginGan

/// Adversarial losses, their regularisers, and augmentations before the discriminator.
type LossesPlugin() =
    interface IGanPlugin with
        member _.Register components =
            let info name source summary =
                ComponentInfo(name, summary, Source = source, RequiredRoles = [| Roles.Discriminator |])

            let loss loss info =
                components.Loss<NoOptions>(info, fun _ _ -> Loss.toComponent loss)

            let smoothedLoss loss info =
                components.Loss<CrossEntropyOptions>(info, fun options _ -> Loss.toComponent (loss options.LabelSmoothing))

            let regularizer (create: 'Options -> Regularizer) info =
                components.Regularizer<'Options>(info, fun options _ -> create options)

            let plainRegularizer create info =
                components.Regularizer<NoOptions>(info, fun _ _ -> create ())

            let augmentation (create: 'Options -> Augmentation) info =
                components.Augmentation<'Options>(info, fun options _ -> create options)

            let ofInfo (samples: SampleKind array) (provides: string array) (requires: string array) (info: ComponentInfo) =
                ComponentInfo(
                    info.Name,
                    info.Summary,
                    Source = info.Source,
                    RequiredRoles = info.RequiredRoles,
                    Samples = samples,
                    Provides = provides,
                    Requires = requires
                )

            let ofImages = ofInfo [| SampleKind.Image |] [||] [||]
            let ofFeatures = ofInfo [||] [||] [| Capabilities.Features |]

            /// A loss that adaptive augmentation can follow.
            let withNeutralLogit = ofInfo [||] [| Capabilities.NeutralLogit |] [||]

            info "non-saturating" "arXiv:1406.2661" "The usual GAN: cross-entropy, the generator maximising log D(G(z))."
            |> withNeutralLogit
            |> smoothedLoss Loss.nonSaturating

            info "saturating" "arXiv:1406.2661" "The minimax game: cross-entropy, the generator minimising log(1 - D(G(z)))."
            |> withNeutralLogit
            |> smoothedLoss Loss.saturating

            info "wasserstein" "arXiv:1701.07875" "The Wasserstein critic; needs gradient-penalty or weight-clipping beside it."
            |> loss Loss.wasserstein

            info "least-squares" "arXiv:1611.04076" "Squared distance of the logits from 1 for real and 0 for generated samples."
            |> withNeutralLogit
            |> loss Loss.leastSquares

            info "hinge" "arXiv:1802.05957" "Logits count up to a margin of 1."
            |> withNeutralLogit
            |> loss Loss.hinge

            info "relativistic" "arXiv:2501.05441" "How much more real a real sample looks than the generated one it is paired with."
            |> loss Loss.relativistic

            info
                "relativistic-average"
                "arXiv:1807.00734"
                "How much more real a real sample looks than generated ones do on average, and the reverse."
            |> loss Loss.relativisticAverage

            info "r1" "arXiv:1801.04406" "Half the squared gradient norm of the discriminator at real samples; the weight is γ."
            |> plainRegularizer Smoothness.r1

            info "r2" "arXiv:1801.04406" "Half the squared gradient norm of the discriminator at generated samples; the weight is γ."
            |> plainRegularizer Smoothness.r2

            info "gradient-penalty" "arXiv:1704.00028" "Pulls the gradient norm between real and generated samples to 1; usual weight 10."
            |> regularizer Smoothness.gradientPenalty

            info "dragan" "arXiv:1705.07215" "Pulls the gradient norm near real samples to 1; usual weight 10."
            |> regularizer Smoothness.dragan

            info "weight-clipping" "arXiv:1701.07875" "Clamps the discriminator's weights after each of its steps."
            |> regularizer Smoothness.weightClipping

            ComponentInfo(
                "lecam",
                "Holds the logits of either side near the moving average of the other's, for little data; usual weight 0.01 to 0.3.",
                Source = "arXiv:2104.03310",
                RequiredRoles = [| Roles.Discriminator |],
                Excludes = [| Capabilities.SeveralDiscriminators |]
            )
            |> regularizer Verdicts.leCam

            info
                "drift"
                "arXiv:1710.10196"
                "Keeps the logits of a Wasserstein critic near 0: their mean square on real samples; usual weight 0.001."
            |> plainRegularizer Verdicts.drift

            info "consistency" "arXiv:1910.12027" "A real image that is moved or mirrored is to get the same logit (CR); usual weight 10."
            |> ofImages
            |> regularizer Verdicts.consistency

            info
                "balanced-consistency"
                "arXiv:2002.04724"
                "A real or generated image that is moved or mirrored is to get the same logit (bCR); usual weight 10."
            |> ofImages
            |> regularizer Verdicts.balancedConsistency

            info "feature-matching" "arXiv:1606.03498" "Squared distance of mean discriminator features; needs the head 'features'."
            |> ofFeatures
            |> plainRegularizer Distances.featureMatching

            ComponentInfo(
                "mean-distance",
                "Squared distance, Euclidean or Mahalanobis, between the mean real and the mean generated sample, or their features.",
                Source = "arXiv:0907.4698",
                Effects =
                    [|
                        OptionEffect([| OptionIs("space", "features") |], Requires = [| Capabilities.Features |])
                    |]
            )
            |> regularizer Distances.meanDistance

            info
                "pull-away"
                "arXiv:1609.03126"
                "Mean squared cosine between the features of generated samples; needs the head 'features'; usual weight 0.1."
            |> ofFeatures
            |> plainRegularizer Diversity.pullAway

            ComponentInfo(
                "diversity",
                "Distance of latents over that of the samples made of them, against mode collapse; usual weight 1.",
                Source = "arXiv:1903.05628",
                Requires = [| Capabilities.Latent |]
            )
            |> plainRegularizer Diversity.diversity

            ComponentInfo(
                "path-length",
                "A step in style changes the image by the same amount everywhere; needs a generator by styles; usual weight 2, interval 4.",
                Source = "arXiv:1912.04958",
                RequiredRoles = [| Roles.Generator |],
                Requires = [| Capabilities.Styles |]
            )
            |> regularizer PathLength.create

            info "instance-noise" "arXiv:1610.04490" "Gaussian noise on all that the discriminator sees."
            |> augmentation InstanceNoise.create

            ComponentInfo(
                "diff-augment",
                "Colour, translation and cutout before the discriminator, of fixed or adaptive strength, for little data.",
                Source = "arXiv:2006.10738",
                RequiredRoles = [| Roles.Discriminator |],
                Samples = [| SampleKind.Image |],
                Effects =
                    [|
                        OptionEffect([| OptionIs("adaptive", "true") |], Requires = [| Capabilities.NeutralLogit |])
                    |]
            )
            |> augmentation DiffAugment.create
