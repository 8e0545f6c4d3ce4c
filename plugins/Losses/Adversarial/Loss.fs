namespace PluginGan.Plugins.Losses

open System
open PluginGan
open PluginGan.Layers
open TorchSharp
open type TorchSharp.torch

/// What the generator minimises: most losses look at the verdict on generated samples only, relativistic ones at both.
type GeneratorLoss =
    | OfFake of (Tensor -> Tensor)
    | OfPairs of (Tensor -> Tensor -> Tensor)

/// A game as two pure functions of the discriminator's logits, [N] or [N, ...] for patches, greater meaning more real. Each
/// yields a scalar to minimise; the discriminator's takes the real logits first.
type Loss =
    {
        Discriminator: Tensor -> Tensor -> Tensor
        Generator: GeneratorLoss
        /// What generator and encoder minimise where the real side is learned too; none is the discriminator's with the labels exchanged.
        Encoder: (Tensor -> Tensor -> Tensor) option
        /// The logit of a discriminator that cannot tell; none where only differences count.
        NeutralLogit: float option
    }

/// The losses of the literature, on logits throughout: stable at any magnitude.
module Loss =

    // TorchSharp turns numbers into Scalars, native memory that stays until a garbage collection; even the sum of two tensors makes
    // one, its alpha. These run in every update, so the Scalars are made once.
    let private half = Scalars.Half
    let private one = Scalars.One
    let private (+) (left: Tensor) (right: Tensor) = left.add (right, one)

    let private asReal (logits: Tensor) = BinaryCrossEntropy.AsReal logits
    let private asFake (logits: Tensor) = BinaryCrossEntropy.AsGenerated logits

    /// The mean of what the logits reach beyond -1.
    let private beyondMargin (logits: Tensor) = logits.add(one, one).relu().mean()

    /// Half the mean squared distance of the logits from 1.
    let private fromOne (logits: Tensor) =
        let gap = logits - one
        (gap * gap).mean() * half

    /// The discriminator of arXiv:1406.2661: binary cross-entropy. One-sided label smoothing (arXiv:1606.03498) asks real samples to
    /// be real with probability 1 - smoothing; that adds smoothing * x to softplus(-x).
    let private crossEntropy (smoothing: float) =
        let weight = smoothing.ToScalar()

        fun (real: Tensor) (fake: Tensor) ->
            let loss = asReal real + asFake fake

            if smoothing = 0.0 then
                loss
            else
                loss + real.mean () * weight

    /// The minimax game of arXiv:1406.2661: the generator minimises E log(1 - sigmoid(D(G(z)))), which hardly has a gradient while
    /// the discriminator wins.
    let saturating smoothing =
        {
            Discriminator = crossEntropy smoothing
            Generator = OfFake(fun fake -> (asFake fake).neg())
            Encoder = Some(fun real fake -> (asReal real + asFake fake).neg())
            NeutralLogit = Some 0.0
        }

    /// The usual GAN of arXiv:1406.2661, section 3: the generator minimises -E log sigmoid(D(G(z))).
    let nonSaturating smoothing =
        {
            Discriminator = crossEntropy smoothing
            Generator = OfFake asReal
            Encoder = Some(fun real fake -> asReal fake + asFake real)
            NeutralLogit = Some 0.0
        }

    /// The Wasserstein distance by its dual, arXiv:1701.07875; the critic must be kept Lipschitz by a regulariser.
    let wasserstein =
        {
            Discriminator = fun real fake -> fake.mean () - real.mean ()
            Generator = OfFake(fun fake -> fake.mean().neg())
            Encoder = None
            NeutralLogit = None
        }

    /// Least squares with the targets 0 for fake and 1 for real, arXiv:1611.04076, equation 9.
    let leastSquares =
        {
            Discriminator = fun real fake -> fromOne real + (fake * fake).mean() * half
            Generator = OfFake fromOne
            Encoder = None
            NeutralLogit = Some 0.5
        }

    /// The hinge loss of arXiv:1705.02894 and arXiv:1802.05957: logits beyond the margin of 1 count no more. Generator and encoder have no margin, as in arXiv:1907.02544, equation 1.
    let hinge =
        {
            Discriminator = fun real fake -> beyondMargin (real.neg ()) + beyondMargin fake
            Generator = OfFake(fun fake -> fake.mean().neg())
            Encoder = Some(fun real fake -> real.mean () - fake.mean ())
            NeutralLogit = Some 0.0
        }

    /// The relativistic pairing loss of arXiv:1807.00734 as R3GAN uses it (arXiv:2501.05441): what counts is how much more real the
    /// i-th real sample looks than the i-th generated one.
    let relativistic =
        let margin (over: Tensor) (under: Tensor) =
            // Unequal shapes would broadcast into every pair, or fail deep inside torch.
            if over.shape <> under.shape then
                let shape (logits: Tensor) = String.Join("×", logits.shape)

                raise (
                    ComponentException
                        $"the relativistic loss pairs real with generated samples: their logits, {shape over} and {shape under}, must be alike"
                )

            asReal (over - under)

        {
            Discriminator = margin
            Generator = OfPairs(fun real fake -> margin fake real)
            Encoder = None
            NeutralLogit = None
        }

    /// The relativistic average loss of arXiv:1807.00734, section 4.1, RaSGAN: how much more real each sample looks than those of the other side do
    /// on average. The generator plays it with the sides exchanged.
    let relativisticAverage =
        let game (over: Tensor) (under: Tensor) =
            asReal (over - under.mean ()) + asFake (under - over.mean ())

        {
            Discriminator = game
            Generator = OfPairs(fun real fake -> game fake real)
            Encoder = None
            NeutralLogit = None
        }

    /// The loss as the host plays it.
    let toComponent (loss: Loss) =
        { new AdversarialLoss() with
            override _.GeneratorSeesReal = loss.Generator.IsOfPairs
            override _.NeutralLogit = Option.toNullable loss.NeutralLogit

            override _.Discriminator(real, fake) =
                loss.Discriminator real.Logits fake.Logits

            override _.GeneratorAndEncoder(real, fake) =
                match loss.Encoder with
                | Some encoder -> encoder real.Logits fake.Logits
                | None -> loss.Discriminator fake.Logits real.Logits

            override _.Generator(real, fake) =
                match loss.Generator, real with
                | OfFake generator, _ -> generator fake.Logits
                | OfPairs generator, NonNull real -> generator real.Logits fake.Logits
                | OfPairs _, Null -> nullArg (nameof real)
        }
