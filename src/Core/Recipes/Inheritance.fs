namespace PluginGan.Core

open System
open System.IO

/// Reads a recipe and, under it, those that it extends.
module internal Inheritance =

    let private tryRead (read: Func<string, string>) place file =
        try
            Draft.ok (read.Invoke file)
        with
        | :? IOException
        | :? UnauthorizedAccessException
        | :? ArgumentException as error -> Draft.failAt place $"cannot read '{file}': {error.Message}"

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
            let isSame other =
                Path.GetFullPath(other: string) = Path.GetFullPath file

            if List.exists isSame trail then
                let names = trail @ [ file ] |> String.concat " → "
                Draft.failAt place $"recipes extend each other in a circle: {names}"
            else
                tryRead read place file
                |> Draft.bind (JsonText.parse file "")
                |> Draft.bind (fun node ->
                    match node.Value with
                    | Object _ -> node |> ComponentJson.expand |> under (trail @ [ file ]) file
                    | _ -> Shape.mismatch "an object" node)

        and under trail file node =
            let own = without [ "extends"; "$schema" ] node

            match Node.tryFind "extends" node with
            | None -> Draft.ok own
            | Some({ Value = Text relative } as extends) ->
                load trail extends.Place (beside file relative)
                |> Draft.map (fun lower -> Overlay.merge lower own)
            | Some other -> Shape.mismatch "the path of a recipe" other

        load [] (Place.create file "") file
