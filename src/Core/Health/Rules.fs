namespace PluginGan.Core

/// The rules as functions of what is remembered of a run.
module internal Rules =

    let sign rule trace =
        match rule with
        | HealthRule.NonFinite -> BrokenValues.nonFinite trace
        | HealthRule.Divergence -> BrokenValues.divergence trace
        | HealthRule.VanishingGradients -> GameRules.vanishingGradients trace
        | HealthRule.Dominance -> GameRules.dominance trace
        | HealthRule.Oscillation -> GameRules.oscillation trace
        | HealthRule.Collapse -> GameRules.collapse trace
        | HealthRule.Stall -> BrokenValues.stall trace
        | _ -> Unclear

    let severity rule =
        match rule with
        | HealthRule.NonFinite
        | HealthRule.Divergence
        | HealthRule.Collapse -> Severity.Critical
        | _ -> Severity.Warning
