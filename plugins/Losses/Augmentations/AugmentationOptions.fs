namespace PluginGan.Plugins.Losses

open System.ComponentModel
open System.ComponentModel.DataAnnotations

type InstanceNoiseOptions() =
    [<Range(0.0, 100.0, MinimumIsExclusive = true)>]
    [<Description("The standard deviation of the noise at strength 1; images have the range -1 to 1.")>]
    member val Deviation = 0.1 with get, set

/// What differentiable augmentation does to images.
type DiffAugmentation =
    /// Brightness, saturation and contrast.
    | Colour = 0
    /// Moves the image, grey coming in.
    | Translation = 1
    /// Greys out a rectangle.
    | Cutout = 2

type DiffAugmentOptions() =
    [<Description("What is done, in this order: colour (brightness, saturation, contrast), translation, cutout.")>]
    member val Policy =
        [|
            DiffAugmentation.Colour
            DiffAugmentation.Translation
            DiffAugmentation.Cutout
        |] with get, set

    [<Range(0.0, 1.0)>]
    [<Description("The furthest that translation moves an image, as a share of its height or width.")>]
    member val Shift = 0.125 with get, set

    [<Range(0.0, 1.0)>]
    [<Description("The sides of what cutout takes away, as a share of height and width.")>]
    member val Cut = 0.5 with get, set

    [<Description("Finds the probability by itself while training: it rises while the discriminator is too sure of real samples (ADA, arXiv:2006.06676). The strength multiplies it.")>]
    member val Adaptive = false with get, set

    [<Range(-1.0, 1.0)>]
    [<Description("The mean sign of the logits of real samples that adaptive augmentation holds.")>]
    member val Target = 0.6 with get, set

    [<Range(0.0, 1000000.0, MinimumIsExclusive = true)>]
    [<Description("Within how many thousand real samples adaptive augmentation can rise from 0 to 1.")>]
    member val SpeedKimg = 500.0 with get, set
