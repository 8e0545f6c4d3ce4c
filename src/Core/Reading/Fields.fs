namespace PluginGan.Core

open System.Text.Json.Nodes

/// Some keys of an object, read into a 'T and written from the 'Record that they belong to.
type internal Fields<'Record, 'T> =
    {
        Read: Node -> Draft<'T>
        Write: 'Record -> (string * JsonNode) list
        Properties: (string * (unit -> JsonNode)) list
    }

/// Puts fields together: fields { let! a = ... and! b = ... return ... }. None waits for another, so all errors are found at once.
type internal FieldsBuilder() =
    member _.BindReturn(fields: Fields<'Record, 'A>, f: 'A -> 'B) : Fields<'Record, 'B> =
        {
            Read = fields.Read >> Draft.map f
            Write = fields.Write
            Properties = fields.Properties
        }

    member _.MergeSources(left: Fields<'Record, 'A>, right: Fields<'Record, 'B>) : Fields<'Record, 'A * 'B> =
        {
            Read = fun node -> Draft.both (left.Read node) (right.Read node)
            Write = fun record -> left.Write record @ right.Write record
            Properties = left.Properties @ right.Properties
        }

module internal Fields =

    let fields = FieldsBuilder()

    /// No keys, always the same value.
    let nothing value : Fields<'Record, 'T> =
        {
            Read = fun _ -> Draft.ok value
            Write = fun _ -> []
            Properties = []
        }

    let private property (shape: Shape<'T>) description () =
        shape.Schema() |> Json.add "description" (Json.value<string> description)

    /// A key that must be given.
    let required name (get: 'Record -> 'T) (shape: Shape<'T>) description : Fields<'Record, 'T> =
        {
            Read =
                fun node ->
                    match Node.tryFind name node with
                    | Some child -> shape.Read child
                    | None -> Draft.failAt (Node.placeOf name node) "is missing"
            Write = fun record -> [ name, shape.Write(get record) ]
            Properties = [ name, property shape description ]
        }

    /// A key with a default.
    let optional name (get: 'Record -> 'T) (shape: Shape<'T>) fallback description : Fields<'Record, 'T> =
        {
            Read =
                Node.tryFind name
                >> Option.map shape.Read
                >> Option.defaultValue (Draft.ok fallback)
            Write = fun record -> [ name, shape.Write(get record) ]
            Properties =
                [
                    // Written anew each time: a JSON node belongs to one schema only.
                    name, fun () -> property shape description () |> Json.add "default" (shape.Write fallback)
                ]
        }

    /// A key without a default: left out or null, it is none.
    let maybe name (get: 'Record -> 'T option) (shape: Shape<'T>) description : Fields<'Record, 'T option> =
        {
            Read =
                Node.tryFind name
                >> Option.map (shape.Read >> Draft.map Some)
                >> Option.defaultValue (Draft.ok None)
            Write = fun record -> get record |> Option.map (fun value -> name, shape.Write value) |> Option.toList
            Properties = [ name, property shape description ]
        }

    /// The same keys, written only where there is something to write.
    let writtenWhere (holds: 'Record -> bool) (fields: Fields<'Record, 'T>) =
        { fields with
            Write = fun record -> if holds record then fields.Write record else []
        }

    let map f (source: Fields<'Record, 'A>) = fields.BindReturn(source, f)

    /// Exactly one of two keys.
    let either first second : Fields<'Record, 'T> =
        let names fields = fields.Properties |> List.map fst

        let given fields node =
            names fields |> List.exists (fun name -> (Node.tryFind name node).IsSome)

        let both =
            String.concat " or " (List.map (sprintf "'%s'") (names first @ names second))

        {
            Read =
                fun node ->
                    match given first node, given second node with
                    | true, false -> first.Read node
                    | false, true -> second.Read node
                    | true, true ->
                        Draft.failAt
                            (Node.placeOf (List.head (names second)) node)
                            $"give either {both}, not both; null takes back an inherited one"
                    | false, false -> Draft.failAt (Node.placeOf (List.head (names first)) node) $"is missing; give either {both}"
            Write = fun record -> first.Write record @ second.Write record
            Properties = first.Properties @ second.Properties
        }

    /// Goes on without the value where it could not be read.
    let attempt (fields: Fields<'Record, 'T>) : Fields<'Record, 'T option> =
        {
            Read = fields.Read >> Draft.attempt
            Write = fields.Write
            Properties = fields.Properties
        }

    /// Adds what a rule over several keys finds wrong; it is given the object for the places.
    let check (rule: Node -> 'T -> RecipeError list) (fields: Fields<'Record, 'T>) =
        { fields with
            Read = fun node -> fields.Read node |> Draft.check (rule node)
        }

    /// Of so many keys an object says that they are unknown; more of them are another kind of file.
    let private mostUnknown = 20

    /// Errors for the keys of an object that are none of the known ones.
    let unknown known node =
        let strange =
            Node.entries node
            |> List.filter (fun (name, _) -> not (List.contains name known))

        [
            for name, child in List.truncate mostUnknown strange do
                Place.error $"unknown key '{Shown.short name}'; {Catalogue.hint name known}" child.Place
            if strange.Length > mostUnknown then
                Place.error $"has {strange.Length - mostUnknown} more unknown keys" node.Place
        ]

    let write (fields: Fields<'Record, 'T>) record = Json.object (fields.Write record)

    /// The JSON Schema of an object with these keys and no others.
    let schema (fields: Fields<'Record, 'T>) =
        Json.object
            [
                "type", Json.value "object"
                "properties",
                fields.Properties
                |> List.map (fun (name, describe) -> name, describe ())
                |> Json.object
                "additionalProperties", Json.value false
            ]

    /// Reads an object with these keys and no others.
    let read (fields: Fields<'Record, 'T>) node =
        match node.Value with
        | Object _ -> fields.Read node |> Draft.blame (unknown (List.map fst fields.Properties) node)
        | _ -> Shape.mismatch "an object" node

    let shape (fields: Fields<'T, 'T>) : Shape<'T> =
        {
            Read = read fields
            Write = fun record -> write fields record
            Schema = fun () -> schema fields
        }
