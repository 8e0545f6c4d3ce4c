namespace PluginGan.Core

open System.Text.RegularExpressions

/// Changes of a recipe given beside it: "training.batch=128", "regularizers[0].weight=5", "loss=hinge".
module internal Override =

    type private Step =
        | Key of string
        | Index of int

    let private step =
        Regex(@"\G(?:(?:^|\.)(?<key>[^.\[\]\s]+)|\[(?<index>\d{1,6})\])", RegexOptions.CultureInvariant)

    /// No recipe has a longer path.
    let private mostSteps = 16

    /// The steps of a JSON path, if it is one.
    let private tryParsePath (path: string) =
        let matches = step.Matches path |> Seq.truncate (mostSteps + 1) |> List.ofSeq

        if
            path <> ""
            && matches.Length <= mostSteps
            && List.sumBy (fun (part: Match) -> part.Length) matches = path.Length
        then
            matches
            |> List.map (fun part ->
                if part.Groups["key"].Success then
                    Key part.Groups["key"].Value
                else
                    Index(int part.Groups["index"].Value))
            |> Some
        else
            None

    /// JSON where it parses as such, else text, so that nobody has to quote twice in a shell.
    let private parseValue file path text =
        match JsonText.parse file path text with
        | Draft(Some node, []) -> ComponentJson.expand node
        | _ ->
            ComponentJson.expand
                {
                    Place = Place.create file path
                    Value = Text text
                }

    /// Lays the value over whatever stands at the path; objects on the way that do not exist yet are made.
    let rec private lay steps value tree =
        match steps, tree.Value with
        | [], _ -> Draft.ok (Overlay.merge tree value)
        | Key key :: rest, (Object _ | Null) ->
            let place = Place.create value.Place.File (Place.key key tree.Place.Path)

            let child =
                Node.tryFind key tree |> Option.defaultValue { Place = place; Value = Null }

            lay rest value child
            |> Draft.map (fun child ->
                Overlay.merge
                    tree
                    { tree with
                        Value = Object [ key, child ]
                    })
        | Index index :: rest, List items when index < items.Length ->
            lay rest value items[index]
            |> Draft.map (fun item ->
                { tree with
                    Value = List(List.updateAt index item items)
                })
        | Key _ :: _, Text _ when ComponentJson.standsWithinDataset tree.Place.Path -> lay steps value (ComponentJson.named tree)
        | Index index :: _, List items -> refuse tree value $"has no entry [{index}]; there are {items.Length}"
        | Index index :: _, Null -> refuse tree value $"is not given, so it has no entry [{index}]"
        | Index _ :: _, _ -> refuse tree value $"is {Node.describe tree}, not a list"
        | Key key :: _, List items ->
            let index =
                if key.Length < 7 && Seq.forall System.Char.IsAsciiDigit key then
                    int key
                else
                    0

            refuse
                tree
                value
                $"is a list of {items.Length}, whose entries have numbers: {Place.index index tree.Place.Path}, counted from 0"
        | Key key :: _, _ -> refuse tree value $"is {Node.describe tree}, which has no '{key}'"

    and private refuse tree value message =
        Draft.failAt (Place.create value.Place.File tree.Place.Path) message

    let private apply tree (text: string) =
        let file = $"override '{Shown.short text}'"
        let parts = text.Split('=', 2)

        match parts |> Array.tryItem 1, tryParsePath parts[0] with
        | None, _ ->
            Draft.failAt (Place.create file "") "must have the form path=value, such as training.batch=128 or regularizers[0].weight=5"
        | Some _, None ->
            Draft.failAt (Place.create file "") $"'{Shown.short parts[0]}' is no path such as training.batch or regularizers[0].weight"
        | Some value, Some steps -> lay steps (parseValue file parts[0] value) tree

    /// The tree with all overrides, in order. One that cannot be applied leaves it as it is.
    let applyAll overrides tree : Draft<Node> =
        let next (Draft(tree, errors)) text =
            match Option.map (fun tree -> apply tree text) tree with
            | Some(Draft(Some changed, later)) -> Draft(Some changed, errors @ later)
            | Some(Draft(None, later)) -> Draft(tree, errors @ later)
            | None -> Draft(tree, errors)

        Seq.fold next (Draft.ok tree) overrides
