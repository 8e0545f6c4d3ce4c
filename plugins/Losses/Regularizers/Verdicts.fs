namespace PluginGan.Plugins.Losses

open PluginGan
open TorchSharp

/// What holds the discriminator's logits: to what they were, or to what they are for a sample that should look the same.
module Verdicts =

    /// LeCam, arXiv:2104.03310, equation 5: the squared distance of real logits from the moving average of generated ones, and the reverse.
    /// The averages include the present batch, as in the authors' code.
    let leCam (options: LeCamOptions) =
        let anchors = new MovingMeans(options.Decay, [ "real"; "fake" ])

        { new Regularizer() with
            override _.Side = Side.Discriminator
            override _.State = anchors

            override _.Penalty pair =
                let real, fake = pair.Real.Logits, pair.Fake.Logits

                let ofReal = anchors.Follow("real", real.mean ())
                let ofFake = anchors.Follow("fake", fake.mean ())
                Penalty.sum (Penalty.meanSquaredGap real ofFake) (Penalty.meanSquaredGap fake ofReal)
        }

    /// The drift term of progressive growing, arXiv:1710.10196, appendix A.1: a critic of which only differences count is kept from wandering off.
    let drift () =
        { new Regularizer() with
            override _.Side = Side.Discriminator
            override _.Penalty pair = pair.Real.Logits.square().mean()
        }

    /// Moves and mirrors images, each by draws of its own.
    let private transformed (options: ConsistencyOptions) (images: torch.Tensor) =
        let shift axis =
            Pixels.share options.Shift images.shape[axis]

        let down, right = PerSample.within (shift 2) images, PerSample.within (shift 3) images
        let moved = Pixels.translate Mirrored down right images

        if options.Flip then
            Pixels.flip (PerSample.between 0L 1L images |> _.``to``(torch.ScalarType.Bool)) moved
        else
            moved

    /// The mean squared change of the logits when the images at the discriminator's input are transformed, summed over sides by their weights.
    let private unchanged
        purpose
        (options: ConsistencyOptions)
        (sides: (float * (JudgedPair -> Verdict)) list)
        =
        let sides = [ for weight, side in sides -> weight.ToScalar(), side ]

        { new Regularizer() with
            override _.Side = Side.Discriminator

            override _.Penalty pair =
                let judged = [ for weight, side in sides -> weight, side pair ]
                // Before anything is transformed, so that what is drawn here is drawn in one order.
                for _, verdict in judged do
                    verdict.Logits |> ignore

                // What the transformations draw does not depend on a discriminator that draws, as dropout does.
                let transformed =
                    use _ = pair.Step.BeginDraws(purpose + pair.Pair.Name)

                    [
                        for _, verdict in judged -> Samples.unpacked verdict (transformed options)
                    ]

                (judged, transformed)
                ||> List.map2 (fun (weight, verdict) images ->
                    let again = verdict.At images
                    (Penalty.meanSquaredGap verdict.Logits again.Logits).mul weight)
                |> List.reduce Penalty.sum
        }

    /// Consistency regularisation (CR), arXiv:1910.12027, on logits: a real image and its transformation are to get the same verdict.
    let consistency (options: ConsistencyOptions) =
        unchanged "consistency" options [ 1.0, _.Real ]

    /// Balanced consistency regularisation (bCR), arXiv:2002.04724: also a generated image.
    let balancedConsistency (options: BalancedConsistencyOptions) =
        unchanged "balanced-consistency" options [ options.RealWeight, _.Real; options.FakeWeight, _.Fake ]
