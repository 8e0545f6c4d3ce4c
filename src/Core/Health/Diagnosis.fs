namespace PluginGan.Core

open System.Collections.Generic

/// Something that is wrong with a training.
type Diagnosis =
    {
        /// The rule that found it.
        Rule: HealthRule
        /// How bad it is.
        Severity: Severity
        /// What the recipe wants to follow from it.
        Policy: HealthPolicy
        /// What was seen, in numbers: a sentence.
        Evidence: string
        /// What to do about it, with the keys of the recipe: a sentence.
        Remedy: string
        /// What a roll-back changes: factors for the learning rates of networks.
        RateFactors: IReadOnlyDictionary<string, float>
    }

    /// The rule, the evidence and the remedy in one line.
    member this.Describe() : string =
        $"{HealthRules.keyOf this.Rule}: {this.Evidence} {this.Remedy}"

    /// The key of the rule's policy within training.health of a recipe.
    member this.RuleKey() : string = HealthRules.keyOf this.Rule
