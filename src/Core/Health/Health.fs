namespace PluginGan.Core

open System.Collections.Generic

/// <summary>
/// The health of a run: its logged scalars folded into diagnoses. Immutable, of bounded size, and a function of the scalars alone, so
/// that a resumed run finds what an uninterrupted one does. What is wrong is told once when it begins, and again only after it was over.
/// </summary>
[<Sealed>]
type Health private (settings: HealthSettings, trace: Trace, ill: Set<HealthRule>, diagnoses: Diagnosis list) =

    static let rules = HealthRules.all |> List.map fst

    let diagnose rule policy (finding: Finding) =
        {
            Rule = rule
            Severity = Rules.severity rule
            Policy = policy
            Evidence = finding.Evidence
            Remedy = finding.Remedy
            RateFactors = Map finding.Rates
        }

    let judge trace (ill, diagnoses) rule =
        match Rules.sign rule trace with
        | Ill _ when Set.contains rule ill -> ill, diagnoses
        | Ill finding -> Set.add rule ill, diagnose rule (settings.Policy rule) finding :: diagnoses
        | Well -> Set.remove rule ill, diagnoses
        | Unclear -> ill, diagnoses

    /// <summary>A run of which nothing is known yet.</summary>
    /// <param name="settings">Which rules are applied.</param>
    static member Start(settings: HealthSettings) =
        Health(settings, Trace.empty, Set.empty, [])

    /// <summary>A run of which some is known.</summary>
    /// <param name="settings">Which rules are applied.</param>
    /// <param name="history">The scalars so far, in order.</param>
    static member Fold(settings: HealthSettings, history: IEnumerable<ScalarEntry>) =
        history
        |> Seq.fold (fun (health: Health) entry -> health.After(entry.Iteration, entry.Values)) (Health.Start settings)

    /// What the last entry brought to light, the gravest first.
    member _.Diagnoses: IReadOnlyList<Diagnosis> = diagnoses

    /// <summary>The diagnosis of a weight that is no longer finite: going on cannot mend it, so it ends the run where it is not rolled back.</summary>
    /// <param name="name">The weight.</param>
    member _.OfBrokenWeight(name: string) : Diagnosis =
        let policy =
            match settings.NonFinite with
            | HealthPolicy.RollBack -> HealthPolicy.RollBack
            | _ -> HealthPolicy.Stop

        BrokenValues.finding trace $"The weight {name} is not a finite number."
        |> diagnose HealthRule.NonFinite policy

    /// <summary>The health after one more entry.</summary>
    /// <param name="iteration">How many iterations are done.</param>
    /// <param name="values">The scalars by name, as logged.</param>
    member _.After(iteration: int64, values: IReadOnlyDictionary<string, float>) : Health =
        let values = Map [ for value in values -> value.Key, value.Value ]
        let trace, closed = Trace.add iteration values trace

        if closed then
            let ill, found =
                rules
                |> List.filter (fun rule -> settings.Policy rule <> HealthPolicy.Off)
                |> List.fold (judge trace) (ill, [])

            Health(settings, trace, ill, List.rev found)
        else
            Health(settings, trace, ill, [])
