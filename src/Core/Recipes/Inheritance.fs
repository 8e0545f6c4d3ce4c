namespace PluginGan.Core

open System
open System.IO

/// Reads a recipe and, under it, those that it extends.
module internal Inheritance =

    /// How many recipes may extend each other in a row.
    let private deepest = 32

    /// How many characters a recipe may have: hundreds of times those of a long one.
    let longest = 4 * 1024 * 1024

    let private tryRead (read: Func<string, string>) place file =
        let fail reason =
            Draft.failAt place $"cannot read '{Shown.short file}': {reason}"

        try
            let text = read.Invoke file

            if text.Length > longest then
                fail $"it has {text.Length} characters, and a recipe may have {longest}"
            else
                Draft.ok text
        with
        | :? IOException
        | :? UnauthorizedAccessException
        | :? ArgumentException as error -> fail error.Message

    /// A path by which files can be told apart.
    let private tryFull place (file: string) =
        try
            Draft.ok (Path.GetFullPath file)
        with
        | :? IOException
        | :? ArgumentException ->
            let reason =
                if file = "" then
                    "is empty; name the file of a recipe"
                else
                    $"'{Shown.short file}' cannot be the path of a file"

            Draft.failAt place reason

    /// Relative to the file that says so.
    let private beside (file: string) (relative: string) =
        match Path.GetDirectoryName file with
        | null -> relative
        | folder -> Path.Combine(folder, relative)

    let private without keys node =
        { node with
            Value =
                Value.Object(
                    Node.entries node
                    |> List.filter (fun (name, _) -> not (List.contains name keys))
                )
        }

    /// The tree of a file laid over those that it extends.
    let load read file : Draft<Node> =
        let rec load trail place file =
            tryFull place file
            |> Draft.bind (fun full ->
                if List.exists (fun (_, other) -> other = full) trail then
                    let names = List.map fst trail @ [ file ] |> String.concat " → "
                    Draft.failAt place $"recipes extend each other in a circle: {names}"
                elif trail.Length > deepest then
                    Draft.failAt place $"recipes extend each other more than {deepest} deep"
                else
                    tryRead read place file
                    |> Draft.bind (JsonText.parse file "")
                    |> Draft.bind (fun node ->
                        match node.Value with
                        | Object _ -> node |> ComponentJson.expand |> under (trail @ [ file, full ]) file
                        | _ -> Shape.mismatch "an object" node))

        and under trail file node =
            let own = without [ "extends"; "$schema" ] node

            match Node.tryFind "extends" node with
            | None -> Draft.ok own
            | Some({ Value = Text relative } as extends) ->
                load trail extends.Place (beside file relative)
                |> Draft.map (fun lower -> Overlay.merge lower own)
            | Some other -> Shape.mismatch "the path of a recipe" other

        load [] (Place.create file "") file
