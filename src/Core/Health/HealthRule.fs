namespace PluginGan.Core

/// What can be wrong with a training, as its scalars tell it. docs/health.md says what each rule looks at.
type HealthRule =
    /// Losses or gradients are no finite numbers.
    | NonFinite = 0
    /// A loss, the gradients or the weights grow without bound.
    | Divergence = 1
    /// Hardly any gradient reaches the generator while the discriminator wins.
    | VanishingGradients = 2
    /// The discriminator tells everything apart at no cost, and has stopped to learn.
    | Dominance = 3
    /// The lead goes back and forth between the networks.
    | Oscillation = 4
    /// Generated samples are far less diverse than real ones.
    | Collapse = 5
    /// The weights of a network in training stand still.
    | Stall = 6

module internal HealthRules =

    /// All rules, the gravest first, by their keys in a recipe.
    let all =
        [
            HealthRule.NonFinite, "nonFinite"
            HealthRule.Divergence, "divergence"
            HealthRule.VanishingGradients, "vanishingGradients"
            HealthRule.Dominance, "dominance"
            HealthRule.Oscillation, "oscillation"
            HealthRule.Collapse, "collapse"
            HealthRule.Stall, "stall"
        ]

    let keyOf rule =
        all |> List.find (fun (one, _) -> one = rule) |> snd
