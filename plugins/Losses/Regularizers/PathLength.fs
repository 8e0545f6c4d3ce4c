namespace PluginGan.Plugins.Losses

open System
open PluginGan
open TorchSharp
open type TorchSharp.torch

/// Path length regularisation of StyleGAN2, arXiv:1912.04958, equation 4: a step in the space of styles w is to change the image by the
/// same amount wherever it is made. The mean over styles of (‖Jᵀ y‖ - a)², with y a normal image over √(H·W), as in the authors' code, so that
/// one weight does for all sizes, and a the moving average of ‖Jᵀ y‖.
module PathLength =

    let private styled (model: GanModel) =
        match box model with
        | :? IStyled as styled -> styled
        | _ ->
            raise (
                ComponentException
                    "path-length moves the styles of a generator, but this architecture generates without styles: take one with them (style-gan)"
            )

    /// The length of Jᵀ y, [N], for styles [N, W]. Where each layer has a style, [N, layers, W], the root of the mean square of theirs, as in the authors' code.
    let private lengths (step: StepContext) (styles: Tensor) (images: Tensor) =
        let pixels = images.NumberOfElements / (images.shape[0] * images.shape[1])
        use scale = (1.0 / Math.Sqrt(Operators.float pixels)).ToScalar()
        use _ = step.BeginDraws "path-length"
        let direction = Draws.NormalLike images * scale

        let gradient = step.Gradient((images * direction).sum(), styles) |> Samples.raised

        let layers =
            gradient.NumberOfElements / (gradient.shape[0] * Array.last gradient.shape)

        use share = (1.0 / Math.Sqrt(Operators.float layers)).ToScalar()
        Penalty.norms gradient * share

    let create (options: PathLengthOptions) =
        let target = new MovingMeans(options.Decay, [ "length" ])

        { new Regularizer() with
            override _.Side = Side.Generator
            override _.State = target

            override _.ModelPenalty step =
                let model = styled step.Model
                let count = Operators.max 1L (step.Real.Count / Operators.int64 options.BatchShrink)

                let condition =
                    match step.Condition with
                    | Null -> null
                    | NonNull condition -> condition.narrow (0L, 0L, count)

                let styles = model.Style(step.Latent count, condition)
                let lengths = lengths step styles (model.Synthesise styles |> Samples.raised)

                Penalty.meanSquaredGap lengths (target.Follow("length", lengths.mean ()))
        }
