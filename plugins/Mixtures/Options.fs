namespace PluginGan.Plugins.Mixtures

open System.ComponentModel
open System.ComponentModel.DataAnnotations

/// Which draws.
type Split =
    /// Those to train on.
    | Train = 0
    /// Others of the same mixture.
    | Test = 1

/// What all mixtures have in common.
[<AbstractClass>]
type MixtureOptions(deviation: float) =
    [<Range(0.0, 1e6)>]
    [<Description("The standard deviation of each mode.")>]
    member val Deviation = deviation with get, set

    [<Range(1, 100000000)>]
    [<Description("How many points are drawn.")>]
    member val Count = 100000 with get, set

    [<Description("Which draws: train, or others of the same mixture (test).")>]
    member val Split = Split.Train with get, set

    [<Description("Whether each point comes with its mode as class.")>]
    member val Labels = false with get, set

    [<Range(0.0, 9e15)>]
    [<Description("What is drawn depends on nothing else; runs with different seeds of their own share the data.")>]
    member val Seed = 0L with get, set

type RingOptions() =
    inherit MixtureOptions(0.01)

    [<Range(1, 100000)>]
    [<Description("How many modes, from (radius, 0) on.")>]
    member val Modes = 8 with get, set

    [<Range(0.0, 1e6)>]
    [<Description("The radius of the circle that they lie on.")>]
    member val Radius = 1.0 with get, set

type GridOptions() =
    inherit MixtureOptions(0.05)

    [<Range(1, 1000)>]
    [<Description("Modes along each side.")>]
    member val Side = 5 with get, set

    [<Range(0.0, 1e6)>]
    [<Description("From one mode to the next.")>]
    member val Spacing = 2.0 with get, set
