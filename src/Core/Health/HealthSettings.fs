namespace PluginGan.Core

/// What follows from each diagnosis.
type HealthSettings =
    {
        /// Where losses or gradients are not finite.
        NonFinite: HealthPolicy
        /// Where something grows without bound.
        Divergence: HealthPolicy
        /// Where the generator gets no gradient.
        VanishingGradients: HealthPolicy
        /// Where the discriminator wins outright.
        Dominance: HealthPolicy
        /// Where the lead goes back and forth.
        Oscillation: HealthPolicy
        /// Where generated samples lose their diversity.
        Collapse: HealthPolicy
        /// Where weights stand still.
        Stall: HealthPolicy
    }

    /// <summary>The policy of a rule.</summary>
    /// <param name="rule">The rule.</param>
    member this.Policy(rule: HealthRule) : HealthPolicy =
        match rule with
        | HealthRule.NonFinite -> this.NonFinite
        | HealthRule.Divergence -> this.Divergence
        | HealthRule.VanishingGradients -> this.VanishingGradients
        | HealthRule.Dominance -> this.Dominance
        | HealthRule.Oscillation -> this.Oscillation
        | HealthRule.Collapse -> this.Collapse
        | HealthRule.Stall -> this.Stall
        | _ -> HealthPolicy.Off

    /// What holds where a recipe says nothing: values that are not finite end the run, since nothing can come of it; all else is told.
    static member Default =
        {
            NonFinite = HealthPolicy.Stop
            Divergence = HealthPolicy.Warn
            VanishingGradients = HealthPolicy.Warn
            Dominance = HealthPolicy.Warn
            Oscillation = HealthPolicy.Warn
            Collapse = HealthPolicy.Warn
            Stall = HealthPolicy.Warn
        }
