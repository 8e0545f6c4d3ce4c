namespace PluginGan.Core

open System
open System.Buffers
open System.Text.Json

/// A JSON value that remembers where it was written. Numbers keep their digits.
type internal Node = { Place: Place; Value: Value }

and internal Value =
    | Null
    | Boolean of bool
    | Number of string
    | Text of string
    | List of Node list
    | Object of (string * Node) list

module internal Node =

    let describe node =
        match node.Value with
        | Null -> "null"
        | Boolean value -> if value then "true" else "false"
        | Number digits -> Shown.short digits
        | Text text -> $"the text \"{Shown.short text}\""
        | List _ -> "a list"
        | Object _ -> "an object"

    let entries node =
        match node.Value with
        | Object entries -> entries
        | _ -> []

    /// The value of a key. A null counts as not given: it is how an extending recipe takes something back.
    let tryFind key node =
        entries node
        |> List.tryFind (fun (name, child) -> name = key && child.Value <> Null)
        |> Option.map snd

    /// Where the value of a key stands, or where it would.
    let placeOf key node =
        match tryFind key node with
        | Some child -> child.Place
        | None ->
            { node.Place with
                Path = Place.key key node.Place.Path
            }

    /// Where a path of the tree was written; for a path that it does not hold, as much as is known.
    let rec locate (path: string) node =
        let holds child =
            let start = child.Place.Path

            path.StartsWith(start, StringComparison.Ordinal)
            && (path.Length = start.Length
                || path[start.Length] = '.'
                || path[start.Length] = '[')

        let children =
            match node.Value with
            | Object entries -> entries |> List.map snd
            | List items -> items
            | _ -> []

        match children |> List.tryFind holds with
        | Some child -> locate path child
        | None -> { node.Place with Path = path }

    let rec private write (writer: Utf8JsonWriter) node =
        match node.Value with
        | Null -> writer.WriteNullValue()
        | Boolean value -> writer.WriteBooleanValue value
        | Number digits -> writer.WriteRawValue digits
        | Text text -> writer.WriteStringValue text
        | List items ->
            writer.WriteStartArray()
            items |> List.iter (write writer)
            writer.WriteEndArray()
        | Object entries ->
            writer.WriteStartObject()

            for name, child in entries do
                writer.WritePropertyName name
                write writer child

            writer.WriteEndObject()

    let toElement node =
        let buffer = ArrayBufferWriter<byte>()
        using (new Utf8JsonWriter(buffer)) (fun writer -> write writer node)
        JsonElement.Parse buffer.WrittenSpan
