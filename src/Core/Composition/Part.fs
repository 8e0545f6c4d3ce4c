namespace PluginGan.Core

open System
open System.Collections.Generic
open System.Globalization
open System.Text.Json
open PluginGan

/// A component of a recipe that the catalogue knows.
type internal Part =
    {
        Use: ComponentUse
        Info: ComponentInfo
        /// What its options change of that.
        Effects: OptionEffect list
        /// The kinds of sample that are left by its options; empty is any.
        Samples: SampleKind list
        /// The kinds of condition that are left by its options; empty is any.
        Conditions: ConditionKind list
    }

    member this.Title = $"{ComponentKind.noun this.Use.Kind} '{this.Use.Choice.Name}'"

    /// What it offers to the others.
    member this.Provides =
        [
            yield! this.Info.Provides
            for effect in this.Effects do
                yield! effect.Provides
        ]

/// Options of components and what they change.
module internal Part =

    let private same (value: JsonElement) (text: string) =
        match value.ValueKind with
        | JsonValueKind.String -> value.GetString() = text
        | JsonValueKind.Number ->
            match Double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture) with
            | true, number -> value.GetDouble() = number
            | _ -> false
        | _ -> value.GetRawText() = text

    /// Whether a component's option is as is said, its default where a recipe gives nothing.
    let holds (description: ComponentDescription) (choice: ComponentChoice) (condition: OptionIs) =
        let value =
            match choice.Options.TryGetValue condition.Option with
            | true, value -> Some value
            | _ ->
                description.Options
                |> Seq.tryFind (fun option -> option.Name = condition.Option)
                |> Option.map (fun option -> JsonElement.Parse option.Default)

        match value with
        | Some value -> same value condition.Value <> condition.Not
        | None -> condition.Not

    let private effects (description: ComponentDescription) choice =
        [
            for effect in description.Info.Effects do
                if effect.When |> Seq.forall (holds description choice) then
                    effect
        ]

    /// What is left of the kinds that are stated.
    let private narrowed (stated: IReadOnlyList<'T>) (effects: IReadOnlyList<'T> list) =
        effects
        |> List.filter (fun left -> left.Count > 0)
        |> List.fold (fun _ left -> List.ofSeq left) (List.ofSeq stated)

    let tryOf (catalogue: Catalogue) (used: ComponentUse) =
        Catalogue.tryFind used.Kind used.Choice.Name catalogue
        |> Option.map (fun description ->
            let effects = effects description used.Choice

            {
                Use = used
                Info = description.Info
                Effects = effects
                Samples = effects |> List.map _.Samples |> narrowed description.Info.Samples
                Conditions = effects |> List.map _.Conditions |> narrowed description.Info.Conditions
            })

    /// The options of an effect that are as is said, as the end of a title: "with 'conditional' true".
    let withOptions (effect: OptionEffect) =
        [
            for condition in effect.When ->
                match condition.Not, condition.Value with
                | false, value -> $"'{condition.Option}' {value}"
                | true, "0" -> $"'{condition.Option}' above 0"
                | true, value -> $"'{condition.Option}' other than {value}"
        ]
        |> String.concat " and "
        |> sprintf "with %s"

    /// How to bring an effect about: "set 'conditional' of architecture 'dcgan' to true".
    let toBring (catalogue: Catalogue) (part: Part) (effect: OptionEffect) =
        let settings =
            [
                for description in Catalogue.tryFind part.Use.Kind part.Use.Choice.Name catalogue |> Option.toList do
                    for condition in effect.When do
                        if not (holds description part.Use.Choice condition) then
                            match condition.Not, condition.Value with
                            | false, value -> $"'{condition.Option}' of {part.Title} to {value}"
                            | true, "0" -> $"'{condition.Option}' of {part.Title} above 0"
                            | true, value -> $"'{condition.Option}' of {part.Title} to another value than {value}"
            ]

        "set " + String.concat " and " settings

    /// How to undo an effect that holds: "set 'conditional' of architecture 'dcgan' to false".
    let toUndo (part: Part) (effect: OptionEffect) =
        [
            for condition in effect.When ->
                let value =
                    match condition.Not, condition.Value with
                    | true, value -> value
                    | false, "true" -> "false"
                    | false, "false" -> "true"
                    | false, value -> $"another value than {value}"

                $"set '{condition.Option}' of {part.Title} to {value}"
        ]
        |> String.concat ", or "
