namespace PluginGan.Plugins.Losses

open System.ComponentModel
open System.ComponentModel.DataAnnotations

type CrossEntropyOptions() =
    [<Range(0.0, 0.5)>]
    [<Description("One-sided label smoothing: real samples are to look real with a probability of 1 minus this (arXiv:1606.03498).")>]
    member val LabelSmoothing = 0.0 with get, set
