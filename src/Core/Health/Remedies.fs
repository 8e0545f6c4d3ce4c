namespace PluginGan.Core

open System
open PluginGan

/// What helps, in words and as factors for learning rates.
module internal Remedies =

    /// The networks whose gradients are logged: those in training.
    let networks trace = Trace.named "gradient/" trace

    /// Whether a network judges samples: "discriminator", or one of several.
    let isDiscriminator (network: string) =
        network.StartsWith(Roles.Discriminator, StringComparison.Ordinal)

    let rates factor networks =
        [ for network in networks -> network, factor ]

    /// The discriminators, or all where there are none by that name.
    let discriminators trace =
        match networks trace |> List.filter isDiscriminator with
        | [] -> networks trace
        | some -> some
