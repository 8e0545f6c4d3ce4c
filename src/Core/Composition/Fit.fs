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
        /// The dataset.
        Data: Part option
    }

/// Whether components can work together, judged by what they say of themselves.
module internal Fit =

    let parts (catalogue: Catalogue) (uses: ComponentUse seq) =
        uses |> Seq.choose (Part.tryOf catalogue) |> List.ofSeq

    /// An empty list is any.
    let private meets (offered: 'T list) (accepted: 'T seq) =
        offered.IsEmpty
        || Seq.isEmpty accepted
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

    /// The options that would make a part fit, else the components of its kind that would do.
    let private fix catalogue (part: Part) (offered: 'T list) ofInfo (ofEffect: OptionEffect -> IReadOnlyList<'T>) purpose =
        let narrows effect =
            (ofEffect effect).Count > 0 && not (meets offered (ofEffect effect))

        match part.Effects |> List.filter narrows with
        | culprits when not culprits.IsEmpty && meets offered (ofInfo part.Info) ->
            culprits |> List.map (Part.toUndo part) |> String.concat " and "
        | _ -> instead catalogue part.Use.Kind purpose (fun info -> meets offered (ofInfo info))

    /// How the data could be had as a part needs it: by an option of the dataset.
    let private otherwise catalogue (data: Part option) (accepted: ConditionKind list) =
        match data with
        | Some data when meets (List.ofSeq data.Info.Conditions) accepted ->
            data.Info.Effects
            |> Seq.filter (fun effect -> effect.Conditions.Count > 0 && meets accepted effect.Conditions)
            |> Seq.map (Part.toBring catalogue data)
            |> Seq.tryHead
            |> Option.map (fun setting -> setting + "; or ")
            |> Option.defaultValue ""
        | _ -> ""

    let private samples catalogue offer (part: Part) =
        if meets offer.Samples part.Samples then
            None
        else
            let offered = sampleWords offer.Samples
            let fix = fix catalogue part offer.Samples _.Samples _.Samples $"for {offered}"
            Some $"{part.Title} {takes part} {sampleWords part.Samples}, but {offer.Source} yields {offered}; {fix}"

    let private conditions catalogue offer (part: Part) =
        if meets offer.Conditions part.Conditions then
            None
        else
            let offered = conditionWords offer.Conditions

            let fix =
                fix catalogue part offer.Conditions _.Conditions _.Conditions $"for {offered}"

            let otherwise = otherwise catalogue offer.Data part.Conditions
            Some $"{part.Title} {takes part} {conditionWords part.Conditions}, but {offer.Source} yields {offered}; {otherwise}{fix}"

    /// Parts that cannot work with the data.
    let withData catalogue (locate: string -> Place) offer parts =
        [
            for part: Part in parts do
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
                        Samples = data.Samples
                        Conditions = data.Conditions
                        Data = Some data
                    }

                yield! withData catalogue locate offer others
            | None -> ()
            match at "architecture" with
            | Some architecture -> yield! withArchitecture catalogue locate architecture others
            | None -> ()
        ]
