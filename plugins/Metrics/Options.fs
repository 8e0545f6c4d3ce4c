namespace PluginGan.Plugins.Metrics

open System.ComponentModel
open System.ComponentModel.DataAnnotations

type FidOptions() =
    [<Required>]
    [<Description("The feature extractor whose features are compared.")>]
    member val Extractor = "lenet-fashion" with get, set

type ClassCoverageOptions() =
    [<Required>]
    [<Description("The feature extractor that classifies; it must yield class logits.")>]
    member val Extractor = "lenet-fashion" with get, set

    [<Range(0.0, 1.0)>]
    [<Description("A sample counts as confident from this probability of its class on.")>]
    member val Confidence = 0.9 with get, set

    [<Range(0.0, 1.0)>]
    [<Description("A class counts as covered from this share of the generated samples on.")>]
    member val MinimumShare = 0.01 with get, set

type LenetFashionOptions() =
    [<Description("A .safetensors file with other weights for this network; empty for those that come with it.")>]
    member val Weights = "" with get, set

    [<Description("Starts from random weights instead, to be fitted.")>]
    member val Untrained = false with get, set
