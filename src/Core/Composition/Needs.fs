namespace PluginGan.Core

open PluginGan

/// Whether each component of a recipe finds what it needs of the others, judged by what they say of themselves.
module internal Needs =

    /// The objective's usual loss where the recipe names none, as if it did.
    let private usualLoss (catalogue: Catalogue) (parts: Part list) =
        let isLoss part = part.Use.Kind = ComponentKind.Loss

        parts
        |> List.filter (fun _ -> not (List.exists isLoss parts))
        |> List.choose (fun part -> Option.ofObj part.Info.UsualLoss)
        |> List.choose (fun name ->
            Part.tryOf
                catalogue
                {
                    Kind = ComponentKind.Loss
                    Choice =
                        {
                            Path = "loss"
                            Name = name
                            Options = dict [] |> System.Collections.Generic.Dictionary
                        }
                })

    /// What a part needs, each with the part as a message names it.
    let private needs (part: Part) =
        [
            for need in part.Info.Requires -> need, part.Title
            for effect in part.Effects do
                for need in effect.Requires -> need, $"{part.Title} {Part.withOptions effect}"
        ]
        |> List.distinctBy fst

    let private provides need (info: ComponentInfo) =
        Seq.contains need info.Provides
        || info.Effects |> Seq.exists (fun effect -> Seq.contains need effect.Provides)

    /// Which options of the recipe's components would provide it, else which components.
    let private remedy (catalogue: Catalogue) (parts: Part list) need =
        let settings =
            [
                for part in parts do
                    for effect in part.Info.Effects do
                        if Seq.contains need effect.Provides then
                            Part.toBring catalogue part effect
            ]

        let components =
            [
                for kind, suitable in
                    catalogue
                    |> List.filter (fun known -> provides need known.Info)
                    |> List.groupBy _.Kind do
                    $"""{ComponentKind.plural kind} with it: {suitable |> Catalogue.names |> String.concat ", "}"""
            ]

        match settings, components with
        | [], [] -> "no plugin has it"
        | [], components -> String.concat "; " components
        | settings, _ -> String.concat ", or " settings

    /// All needs that no component meets. An outline with faults of other kinds may lack just the one that would.
    /// A part that is refused already is left out: it would be refused twice for one cause.
    let misfits (catalogue: Catalogue) (locate: string -> Place) (refused: RecipeError list) (outline: Outline) =
        let parts = outline.Components |> List.choose (Part.tryOf catalogue)

        let isRefused part =
            refused |> List.exists (fun error -> error.Path = part.Use.Choice.Path)

        if outline.Recipe.IsNone || parts.Length < outline.Components.Length then
            []
        else
            let all = parts @ usualLoss catalogue parts
            let offered = all |> List.collect _.Provides |> Set.ofList

            [
                for part in all |> List.filter (fun part -> not (isRefused part)) do
                    for need, title in needs part do
                        if not (offered.Contains need) then
                            locate part.Use.Choice.Path
                            |> Place.error $"{title} needs {need}, which no part of this recipe has; {remedy catalogue all need}"

                    for excluded in part.Info.Excludes do
                        for other in all |> List.filter (fun other -> List.contains excluded other.Provides) do
                            locate part.Use.Choice.Path
                            |> Place.error $"{part.Title} does not work beside {excluded}, which {other.Title} has; remove it"
            ]
