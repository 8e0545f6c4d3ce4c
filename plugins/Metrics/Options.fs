namespace PluginGan.Plugins.Metrics

open System.ComponentModel

type LenetFashionOptions() =
    [<Description("A .safetensors file with other weights for this network; empty for those that come with it.")>]
    member val Weights = "" with get, set

    [<Description("Starts from random weights instead, to be fitted.")>]
    member val Untrained = false with get, set
