namespace PluginGan.Core

open System
open System.Text.Json

/// Components in a recipe: an object with a name, the keys that belong to the host, and the component's options; or just the name.
module internal ComponentJson =

    /// Where a recipe holds a single component.
    let private single =
        [ "dataset"; "architecture"; "loss"; "objective"; "evaluation.dataset" ]

    /// Where a recipe holds a list of components.
    let private lists =
        [ "regularizers"; "augmentations"; "evaluators"; "evaluation.extractors" ]

    /// Whether the value at a path is a component.
    let standsAt (path: string) =
        let isEntry (list: string) =
            path.StartsWith(list + "[", StringComparison.Ordinal)
            && path.IndexOf ']' = path.Length - 1

        List.contains path single
        || List.exists isEntry lists
        // By network.
        || (path.StartsWith("training.optimizers.", StringComparison.Ordinal)
            && path.LastIndexOf '.' = "training.optimizers".Length)

    /// Whether the value at a path is an option of a dataset, which may be a dataset itself.
    let standsWithinDataset (path: string) =
        [ "dataset."; "evaluation.dataset." ]
        |> List.exists (fun dataset -> path.StartsWith(dataset, StringComparison.Ordinal))

    let nameOf node =
        match Node.tryFind "name" node with
        | Some { Value = Text name } -> Some name
        | _ -> None

    /// A component given by its bare name, as an object.
    let named node =
        let place =
            { node.Place with
                Path = Place.key "name" node.Place.Path
            }

        { node with
            Value = Value.Object [ "name", { node with Place = place } ]
        }

    /// Turns components given by their bare names into objects, so that all that follows sees one form.
    let rec expand node =
        match node.Value with
        | Text _ when standsAt node.Place.Path -> named node
        | Object entries ->
            { node with
                Value = Value.Object(entries |> List.map (fun (name, child) -> name, expand child))
            }
        | List items ->
            { node with
                Value = List(List.map expand items)
            }
        | _ -> node

    /// <summary>Components of one kind.</summary>
    /// <param name="catalogue">The known components, or none to take every name and option as it stands.</param>
    /// <param name="kind">Their kind.</param>
    /// <param name="choiceOf">The component of what is read.</param>
    /// <param name="host">The keys that belong to the host, and how they are joined with the component.</param>
    let rec joined<'T>
        (catalogue: Catalogue option)
        (kind: ComponentKind)
        (choiceOf: 'T -> ComponentChoice)
        (host: Fields<'T, ComponentChoice -> 'T>)
        : Shape<'T> =
        let taken = "name" :: List.map fst host.Properties
        let described = OptionJson.described (dataset catalogue) taken

        /// The options of the component of that name. Those of an unknown one are kept as they stand, so that all else is still read.
        let options place name node =
            match catalogue |> Option.map (fun known -> known, Catalogue.tryFind kind name known) with
            | Some(_, Some description) -> (described description).Read node
            | Some(known, None) ->
                (OptionJson.undescribed taken).Read node
                |> Draft.blame [ Place.error (Catalogue.unknown kind name known) place ]
            | None -> (OptionJson.undescribed taken).Read node

        let choice node =
            (Fields.required "name" id Shape.text "").Read node
            |> Draft.bind (fun name ->
                options (Node.placeOf "name" node) name node
                |> Draft.map (fun options ->
                    {
                        Path = node.Place.Path
                        Name = name
                        Options = options
                    }))

        /// One alternative for each known component, told apart by its name.
        let alternative (description: ComponentDescription) =
            let properties = host.Properties @ (described description).Properties

            let name =
                Json.object
                    [
                        "const", Json.value description.Info.Name
                        "description", Json.value description.Info.Summary
                    ]

            let required =
                description.Options
                |> Seq.filter _.Required
                |> Seq.map (fun option -> Json.value option.Name)
                |> List.ofSeq

            Json.object
                [
                    "type", Json.value "object"
                    "properties", Json.object (("name", name) :: [ for name, describe in properties -> name, describe () ])
                    // Only where the name is given: an extending recipe may give options alone.
                    "dependentRequired", Json.object [ "name", Json.array required ]
                    "additionalProperties", Json.value false
                ]

        {
            Read =
                fun node ->
                    match node.Value with
                    | Object _ ->
                        Draft.both (host.Read node) (choice node)
                        |> Draft.map (fun (join, choice) -> join choice)
                    | _ -> Shape.mismatch "a component (its name, or an object with its name and options)" node
            Write =
                fun value ->
                    let choice = choiceOf value
                    let options = (OptionJson.undescribed taken).Write choice.Options
                    Json.object (("name", Json.value choice.Name) :: host.Write value @ options)
            Schema =
                fun () ->
                    let known = Catalogue.ofKind kind (Option.defaultValue [] catalogue)

                    let bare =
                        Json.object
                            [
                                "enum",
                                known
                                |> List.map (fun description -> Json.value description.Info.Name)
                                |> Json.array
                            ]

                    Json.object [ "anyOf", Json.array (bare :: List.map alternative known) ]
        }

    /// A dataset that is an option of another component, held as JSON with its defaults written out.
    and private dataset (catalogue: Catalogue option) : Shape<JsonElement> =
        // Only when it is needed: a dataset may be made of datasets.
        let shape () =
            joined catalogue ComponentKind.Dataset id (Fields.nothing id)

        let read node =
            let shape = shape ()
            shape.Read node |> Draft.map (shape.Write >> JsonSerializer.SerializeToElement)

        {
            Read =
                fun node ->
                    match node.Value with
                    | Text _ -> read (named node)
                    | _ -> read node
            Write = Json.value
            Schema = fun () -> Json.object [ "$ref", Json.value "#/properties/dataset" ]
        }

    /// Components of one kind without keys of the host.
    let plain catalogue kind : Shape<ComponentChoice> =
        joined catalogue kind id (Fields.nothing id)
