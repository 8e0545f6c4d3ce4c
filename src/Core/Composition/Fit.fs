namespace PluginGan.Core

open System.Collections.Generic
open PluginGan

/// What the components of a recipe have to work with.
type internal Offer =
    {
        /// The dataset as a message names it.
        Source: string
        /// The kinds of sample that it may yield; empty is any.
        Samples: SampleKind list
        /// The kinds of condition that it may yield; empty is any.
        Conditions: ConditionKind list
    }

/// A component of a recipe that the catalogue knows.
type internal Part =
    {
        Use: ComponentUse
        Info: ComponentInfo
    }

    member this.Title = $"{ComponentKind.noun this.Use.Kind} '{this.Use.Choice.Name}'"

/// Whether components can work together, judged by what they say of themselves.
module internal Fit =

    let parts (catalogue: Catalogue) (uses: ComponentUse seq) =
        [
            for used in uses do
                match Catalogue.tryFind used.Kind used.Choice.Name catalogue with
                | Some description -> { Use = used; Info = description.Info }
                | None -> ()
        ]

    /// An empty list is any.
    let private meets (offered: 'T list) (accepted: IReadOnlyList<'T>) =
        offered.IsEmpty
        || accepted.Count = 0
        || Seq.exists (fun one -> Seq.contains one accepted) offered

    let private either words = String.concat " or " words

    let private sampleWords (kinds: SampleKind seq) =
        either [ for kind in kinds -> (string kind).ToLowerInvariant() ] + " samples"

    let private conditionWords (kinds: ConditionKind seq) =
        either
            [
                for kind in kinds ->
                    match kind with
                    | ConditionKind.None -> "no condition"
                    | ConditionKind.Classes -> "classes"
                    | ConditionKind.Vector -> "a vector as condition"
                    | _ -> "a sample as condition"
            ]

    /// What ends the message about a misfit: which components of the kind would do.
    let private instead catalogue kind purpose suits =
        match
            catalogue
            |> Catalogue.ofKind kind
            |> List.filter (fun description -> suits description.Info)
        with
        | [] -> $"there is no {ComponentKind.noun kind} {purpose}"
        | suitable -> $"""{ComponentKind.plural kind} {purpose}: {suitable |> Catalogue.names |> String.concat ", "}"""

    let private takes part =
        if part.Use.Kind = ComponentKind.Dataset then
            "yields"
        else
            "takes"

    let private samples catalogue offer part =
        if meets offer.Samples part.Info.Samples then
            None
        else
            let offered = sampleWords offer.Samples

            let fix =
                instead catalogue part.Use.Kind $"for {offered}" (fun info -> meets offer.Samples info.Samples)

            Some $"{part.Title} {takes part} {sampleWords part.Info.Samples}, but {offer.Source} yields {offered}; {fix}"

    let private conditions catalogue offer part =
        if meets offer.Conditions part.Info.Conditions then
            None
        else
            let offered = conditionWords offer.Conditions

            let fix =
                instead catalogue part.Use.Kind $"for {offered}" (fun info -> meets offer.Conditions info.Conditions)

            Some $"{part.Title} {takes part} {conditionWords part.Info.Conditions}, but {offer.Source} yields {offered}; {fix}"

    /// Parts that cannot work with the data.
    let withData catalogue (locate: string -> Place) offer parts =
        [
            for part in parts do
                for message in List.choose id [ samples catalogue offer part; conditions catalogue offer part ] do
                    Place.error message (locate part.Use.Choice.Path)
        ]

    /// Parts that need networks which the architecture does not have.
    let private withArchitecture catalogue (locate: string -> Place) architecture parts =
        [
            for part in parts do
                let lacking =
                    part.Info.RequiredRoles
                    |> Seq.except architecture.Info.ProvidedRoles
                    |> List.ofSeq

                if not lacking.IsEmpty then
                    let networks = String.concat ", " lacking

                    let suits (info: ComponentInfo) =
                        part.Info.RequiredRoles |> Seq.except info.ProvidedRoles |> Seq.isEmpty

                    let fix = instead catalogue ComponentKind.Architecture "that would do" suits

                    locate part.Use.Choice.Path
                    |> Place.error $"{part.Title} needs the networks {networks}, which {architecture.Title} does not have; {fix}"
        ]

    /// All misfits that can be seen before anything is opened.
    let misfits (catalogue: Catalogue) (locate: string -> Place) (uses: ComponentUse list) =
        let parts = parts catalogue uses

        let at path =
            parts |> List.tryFind (fun part -> part.Use.Choice.Path = path)

        let others = parts |> List.filter (fun part -> part.Use.Choice.Path <> "dataset")

        [
            match at "dataset" with
            | Some data ->
                let offer =
                    {
                        Source = data.Title
                        Samples = List.ofSeq data.Info.Samples
                        Conditions = List.ofSeq data.Info.Conditions
                    }

                yield! withData catalogue locate offer others
            | None -> ()
            match at "architecture" with
            | Some architecture -> yield! withArchitecture catalogue locate architecture others
            | None -> ()
        ]
