namespace PluginGan.Plugins.Losses

open System.ComponentModel
open System.ComponentModel.DataAnnotations

/// For components that have nothing to set.
type NoOptions() = class end

type CrossEntropyOptions() =
    [<Range(0.0, 0.5)>]
    [<Description("One-sided label smoothing: real samples are to look real with a probability of 1 minus this (arXiv:1606.03498).")>]
    member val LabelSmoothing = 0.0 with get, set

type GradientPenaltyOptions() =
    [<Range(0.0, 1000.0)>]
    [<Description("The gradient norm that the penalty pulls towards.")>]
    member val Target = 1.0 with get, set

type WeightClippingOptions() =
    [<Range(0.0, 1000.0, MinimumIsExclusive = true)>]
    [<Description("Every weight of the discriminator is kept between minus and plus this.")>]
    member val Limit = 0.01 with get, set

type InstanceNoiseOptions() =
    [<Range(0.0, 100.0, MinimumIsExclusive = true)>]
    [<Description("The standard deviation of the noise at strength 1; images have the range -1 to 1.")>]
    member val Deviation = 0.1 with get, set
