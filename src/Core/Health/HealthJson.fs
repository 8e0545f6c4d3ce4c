namespace PluginGan.Core

open PluginGan.Core.Fields

/// The part of a recipe under "training.health": a policy for each rule.
module internal HealthJson =

    let private policy: Shape<HealthPolicy> =
        Shape.choice
            [
                "off", HealthPolicy.Off
                "warn", HealthPolicy.Warn
                "stop", HealthPolicy.Stop
                "rollBack", HealthPolicy.RollBack
            ]

    let health: Shape<HealthSettings> =
        let initial = HealthSettings.Default

        let rule name (get: HealthSettings -> HealthPolicy) =
            Fields.optional name get policy (get initial)

        fields {
            let! nonFinite =
                rule "nonFinite" _.NonFinite "Where losses or gradients are not finite."

            and! divergence =
                rule "divergence" _.Divergence "Where a loss, gradients or weights grow without bound."

            and! vanishingGradients =
                rule "vanishingGradients" _.VanishingGradients "Where the generator gets no gradient while the discriminator wins."

            and! dominance =
                rule "dominance" _.Dominance "Where the discriminator wins outright."

            and! oscillation =
                rule "oscillation" _.Oscillation "Where the lead goes back and forth."

            and! collapse =
                rule "collapse" _.Collapse "Where generated samples lose their diversity."

            and! stall = rule "stall" _.Stall "Where weights in training stand still."

            return
                {
                    NonFinite = nonFinite
                    Divergence = divergence
                    VanishingGradients = vanishingGradients
                    Dominance = dominance
                    Oscillation = oscillation
                    Collapse = collapse
                    Stall = stall
                }
        }
        |> Fields.shape
