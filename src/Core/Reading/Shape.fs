namespace PluginGan.Core

open System.Collections.Generic
open System.Globalization
open System.Numerics
open System.Text.Json
open System.Text.Json.Nodes

module internal Json =

    let value<'T> (value: 'T) : JsonNode =
        nonNull (JsonSerializer.SerializeToNode<'T> value)

    let object (entries: (string * JsonNode) list) : JsonNode =
        let result = JsonObject()

        for key, value in entries do
            result.Add(key, value)

        result

    let array (items: JsonNode list) : JsonNode =
        let result = JsonArray()

        for item in items do
            result.Add item

        result

    /// The object with one more entry.
    let add (key: string) (value: JsonNode) (target: JsonNode) : JsonNode =
        target.AsObject().Add(key, value)
        target

/// What a JSON value must look like, said once: how it is read, how it is written, and the JSON Schema that says the same to an editor.
type internal Shape<'T> =
    {
        Read: Node -> Draft<'T>
        Write: 'T -> JsonNode
        Schema: unit -> JsonNode
    }

module internal Shape =

    let private typed name () = Json.object [ "type", Json.value name ]

    let mismatch expected node =
        Draft.failAt node.Place $"must be {expected}, but is {Node.describe node}"

    let boolean: Shape<bool> =
        {
            Read =
                fun node ->
                    match node.Value with
                    | Boolean value -> Draft.ok value
                    | _ -> mismatch "true or false" node
            Write = Json.value
            Schema = typed "boolean"
        }

    let text: Shape<string> =
        {
            Read =
                fun node ->
                    match node.Value with
                    // No path, name or symbol that means anything has one, and systems end texts there.
                    | Text value when value.Contains '\000' -> Draft.failAt node.Place "holds a NUL character"
                    | Text value -> Draft.ok value
                    | _ -> mismatch "text" node
            Write = Json.value
            Schema = typed "string"
        }

    /// A text that says something.
    let filled: Shape<string> =
        { text with
            Read =
                fun node ->
                    match node.Value with
                    | Text "" -> Draft.failAt node.Place "must not be empty"
                    | _ -> text.Read node
            Schema = fun () -> text.Schema() |> Json.add "minLength" (Json.value 1)
        }

    let number: Shape<float> =
        {
            Read =
                fun node ->
                    match node.Value with
                    | Number digits ->
                        let value = System.Double.Parse(digits, CultureInfo.InvariantCulture)

                        if System.Double.IsFinite value then
                            Draft.ok value
                        else
                            mismatch "a number within the range of a double" node
                    | _ -> mismatch "a number" node
            Write = Json.value
            Schema = typed "number"
        }

    /// A whole number, however it is spelt (2e4 and 64.0 are whole), within the range of its type.
    let whole<'N when 'N :> INumberBase<'N> and 'N :> IMinMaxValue<'N>> : Shape<'N> =
        let tryParse (digits: string) =
            let mutable value = 'N.Zero

            if 'N.TryParse(digits, NumberStyles.Float, CultureInfo.InvariantCulture, &value) then
                Some value
            else
                None

        {
            Read =
                fun node ->
                    match node.Value with
                    | Number digits ->
                        match tryParse digits with
                        | Some value -> Draft.ok value
                        | None when System.Double.IsInteger(float digits) ->
                            mismatch $"a whole number from {'N.MinValue} to {'N.MaxValue}" node
                        | None -> mismatch "a whole number" node
                    | _ -> mismatch "a whole number" node
            Write = Json.value
            Schema = typed "integer"
        }

    let private bounded keyword phrase holds (bound: 'N) shape : Shape<'N> =
        let judge node value =
            if holds value bound then
                Draft.ok value
            else
                mismatch $"{phrase} {bound}" node

        { shape with
            Read = fun node -> shape.Read node |> Draft.bind (judge node)
            Schema = fun () -> shape.Schema() |> Json.add keyword (Json.value bound)
        }

    let atLeast bound shape =
        bounded "minimum" "at least" (>=) bound shape

    let atMost bound shape =
        bounded "maximum" "at most" (<=) bound shape

    let above bound shape =
        bounded "exclusiveMinimum" "above" (>) bound shape

    let below bound shape =
        bounded "exclusiveMaximum" "below" (<) bound shape

    /// One of a list of names, each standing for a value.
    let choice (cases: (string * 'T) list) : Shape<'T> when 'T: equality =
        let names = List.map fst cases

        let otherwise text node =
            let hint =
                match Nearest.Suggest(text, names) with
                | null -> ""
                | nearest -> $"; did you mean '{nearest}'?"

            Draft.failAt node.Place $"""must be one of {String.concat ", " names}, but is {Node.describe node}{hint}"""

        {
            Read =
                fun node ->
                    match node.Value with
                    | Text text ->
                        match cases |> List.tryFind (fun (name, _) -> name = text) with
                        | Some(_, value) -> Draft.ok value
                        | None -> otherwise text node
                    | _ -> otherwise "" node
            Write = fun value -> cases |> List.find (fun (_, case) -> case = value) |> fst |> Json.value
            Schema = fun () -> Json.object [ "enum", names |> List.map Json.value |> Json.array ]
        }

    let list (entry: Shape<'T>) : Shape<IReadOnlyList<'T>> =
        {
            Read =
                fun node ->
                    match node.Value with
                    | List items ->
                        items
                        |> List.map entry.Read
                        |> Draft.survivors
                        |> Draft.map (fun values -> values :> IReadOnlyList<_>)
                    | _ -> mismatch "a list" node
            Write = fun values -> values |> Seq.map entry.Write |> List.ofSeq |> Json.array
            Schema = fun () -> typed "array" () |> Json.add "items" (entry.Schema())
        }
