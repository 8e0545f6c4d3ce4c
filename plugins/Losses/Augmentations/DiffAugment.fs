namespace PluginGan.Plugins.Losses

open PluginGan
open TorchSharp
open type TorchSharp.torch

/// Differentiable augmentation of images [N, C, H, W], arXiv:2006.10738, with the ranges of its authors' code. The strength is the probability with
/// which each entry of the policy changes each image, 1 being the paper's; where it is adaptive, strength times the probability found.
module DiffAugment =

    let private half = Scalars.Half
    let private one = Scalars.One
    let private two = Scalars.Two

    /// Adds a constant between -½ and ½.
    let private brightness (images: Tensor) =
        images.add (PerSample.uniform images - half, one)

    /// Scales the distance of each pixel's channels from their mean by 0 to 2. A grey image is that mean.
    let private saturation (images: Tensor) =
        lerp (images.mean ([| 1L |], true), images, PerSample.uniform images * two)

    /// Scales the distance of each value from the image's mean by ½ to 1½.
    let private contrast (images: Tensor) =
        lerp (images.mean ([| 1L; 2L; 3L |], true), images, PerSample.uniform(images).add(half, one))

    let private translation (share: float) (images: Tensor) =
        let shift axis =
            PerSample.within (Pixels.share share images.shape[axis]) images

        Pixels.translate Grey (shift 2) (shift 3) images

    let private cutout (share: float) (images: Tensor) =
        let side axis = Pixels.share share images.shape[axis]

        // For an even side one place more, so that the first pixel goes as often as the last.
        let centre axis =
            PerSample.between 0L (images.shape[axis] - side axis % 2L) images

        Pixels.cut (centre 2, centre 3) (side 2, side 3) images

    /// The transformations of a policy, each from images to images.
    let private transformations (options: DiffAugmentOptions) =
        if options.Policy.Length = 0 then
            raise (
                ComponentException
                    "the option 'policy' of diff-augment is empty: name one or more of colour, translation, cutout, or leave diff-augment out"
            )

        [
            for entry in options.Policy do
                match entry with
                | DiffAugmentation.Translation -> translation options.Shift
                | DiffAugmentation.Cutout -> cutout options.Cut
                | _ -> brightness >> saturation >> contrast
        ]

    let create (options: DiffAugmentOptions) =
        let transformations = transformations options

        let adaptive =
            if options.Adaptive then
                Some(new AdaptiveProbability(options.Target, options.SpeedKimg))
            else
                None

        // Of this very update: nothing that must survive it.
        let count = ref 0L

        { new Augmentation() with
            override _.State =
                match adaptive with
                | Some probability -> probability
                | None -> null

            override _.Adapts = adaptive.IsSome

            override _.Apply(images, strength) =
                count.Value <- images.shape[0]

                let probability =
                    match adaptive with
                    | Some probability -> strength * probability.Value
                    | None -> strength

                (images, transformations)
                ||> List.fold (fun images transformed ->
                    let chosen = (PerSample.uniform images).lt probability
                    where (chosen, transformed images, images))

            override _.Observe real =
                match adaptive with
                | Some probability -> probability.Observe(real.Logits, count.Value)
                | None -> ()
        }
