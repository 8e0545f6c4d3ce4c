namespace PluginGan.Core

open PluginGan

/// What has become of data that a run was made for.
module internal DataDifference =

    let private composed (names: string seq) =
        [ for name in names -> CanonicalText.Compose name ]

    let private listed names = String.concat ", " names

    let private classes (was: string list) (now: string list) =
        let gone, come = List.except now was, List.except was now

        match gone, come with
        | [], [] when was = now -> None
        | [], [] -> Some $"its classes stand in another order now: {listed now}, but were {listed was}"
        | _ ->
            [
                if not gone.IsEmpty then
                    $"without {listed gone}"
                if not come.IsEmpty then
                    $"with {listed come}"
            ]
            |> String.concat " and "
            |> fun change -> Some $"its {now.Length} classes are now {change}, and were {was.Length}"

    /// The difference that matters to a model, as the end of a sentence, or none. How the marks of a class name are written does not.
    let between (was: DataSpec) (now: DataSpec) =
        if string was.Sample <> string now.Sample then
            Some $"it yields {now.Sample} now, and yielded {was.Sample}"
        else
            match DataFit.otherMeaning was.Sample now.Sample with
            | Some difference -> Some $"it {difference}"
            | None ->
                match was.Condition, now.Condition with
                | (:? ClassCondition as was), (:? ClassCondition as now) -> classes (composed was.Names) (composed now.Names)
                | was, now when DataFit.sameCondition was now -> None
                | was, now -> Some $"it comes with {now} now, and came with {was}"
