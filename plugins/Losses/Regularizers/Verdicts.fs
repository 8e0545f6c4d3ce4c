namespace PluginGan.Plugins.Losses

open PluginGan
open TorchSharp

/// What holds the discriminator's logits: to what they were, or to what they are for a sample that should look the same.
module Verdicts =

    /// LeCam, arXiv:2104.03310, equation 5: the squared distance of real logits from the moving average of generated ones, and the reverse.
    /// The averages include the present batch, as in the authors' code.
    let leCam (options: LeCamOptions) =
        let anchors = new MovingMeans(options.Decay, [ "real"; "fake" ])
        let one = (1.0).ToScalar()

        { new Regularizer() with
            override _.Phase = "d"
            override _.State = anchors

            override _.Penalty step =
                let real, fake = step.RealOutput.Logits, step.FakeOutput.Logits

                let ofReal = anchors.Follow("real", real.mean ())
                let ofFake = anchors.Follow("fake", fake.mean ())
                Penalty.weighted (Penalty.meanSquaredGap real ofFake, one) (Penalty.meanSquaredGap fake ofReal, one)
        }

    /// Moves and mirrors images, each by draws of its own.
    let private transformed (options: ConsistencyOptions) (images: torch.Tensor) =
        let shift axis =
            Pixels.share options.Shift images.shape[axis]

        let down, right = Draws.within (shift 2) images, Draws.within (shift 3) images
        let moved = Pixels.translate Mirrored down right images

        if options.Flip then
            Pixels.flip (Draws.between 0L 1L images |> _.``to``(torch.ScalarType.Bool)) moved
        else
            moved

    /// The mean squared change of the logits when the images at the discriminator's input are transformed.
    let private change options (step: AdversarialStep) (input: torch.Tensor) (verdict: DiscriminatorOutput) =
        let transformed = Samples.unpacked step (transformed options) input
        Penalty.meanSquaredGap verdict.Logits (step.Model.Discriminate(transformed, step.Condition).Logits)

    /// Consistency regularisation (CR), arXiv:1910.12027, equation 4 on logits: a real image and its transformation are to get the same verdict.
    let consistency (options: ConsistencyOptions) =
        { new Regularizer() with
            override _.Phase = "d"

            override _.Penalty step =
                Draws.seed (step.Seed "consistency") step.RealInput.device
                change options step step.RealInput step.RealOutput
        }

    /// Balanced consistency regularisation (bCR), arXiv:2002.04724: also of generated images.
    let balancedConsistency (options: BalancedConsistencyOptions) =
        let realWeight, fakeWeight =
            options.RealWeight.ToScalar(), options.FakeWeight.ToScalar()

        { new Regularizer() with
            override _.Phase = "d"

            override _.Penalty step =
                Draws.seed (step.Seed "balanced-consistency") step.RealInput.device
                let real = change options step step.RealInput step.RealOutput
                let fake = change options step step.FakeInput step.FakeOutput
                Penalty.weighted (real, realWeight) (fake, fakeWeight)
        }
