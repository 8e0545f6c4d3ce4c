namespace PluginGan.Core

open System
open System.Text
open System.Text.Json

/// Reads JSON text, with comments and trailing commas, into nodes that know their lines.
module internal JsonText =

    let private options =
        JsonReaderOptions(CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true)

    /// Line and column, from 1, of a byte within the text; columns count characters.
    let private position (bytes: byte array) (offset: int) =
        let before = ReadOnlySpan(bytes, 0, offset)
        let lineStart = before.LastIndexOf(byte '\n') + 1
        let line = 1 + before.Count(byte '\n')
        Nullable line, Nullable(1 + Encoding.UTF8.GetCharCount(before.Slice lineStart))

    let rec private node (place: int64 -> string -> Place) path (reader: byref<Utf8JsonReader>) : Node =
        let start = place reader.TokenStartIndex path

        let value =
            match reader.TokenType with
            | JsonTokenType.StartObject ->
                let entries = ResizeArray()

                while reader.Read() && reader.TokenType <> JsonTokenType.EndObject do
                    let key = string (reader.GetString())
                    reader.Read() |> ignore
                    entries.Add((key, node place (Place.key key path) &reader))

                Value.Object(List.ofSeq entries)
            | JsonTokenType.StartArray ->
                let items = ResizeArray()

                while reader.Read() && reader.TokenType <> JsonTokenType.EndArray do
                    items.Add(node place (Place.index items.Count path) &reader)

                List(List.ofSeq items)
            | JsonTokenType.String -> Text(string (reader.GetString()))
            | JsonTokenType.Number -> Number(Encoding.UTF8.GetString reader.ValueSpan)
            | JsonTokenType.True -> Value.Boolean true
            | JsonTokenType.False -> Value.Boolean false
            | _ -> Null

        { Place = start; Value = value }

    let rec private repeated node =
        match node.Value with
        | Object entries ->
            let twice =
                entries
                |> List.groupBy fst
                |> List.collect (fun (_, same) -> List.tail same)
                |> List.map (fun (_, child) -> Place.error "is given twice" child.Place)

            twice @ List.collect (snd >> repeated) entries
        | List items -> List.collect repeated items
        | _ -> []

    /// The reader's own words, without the position that it appends: ours counts from one.
    let private reason (error: JsonException) =
        let ends =
            [ " LineNumber:"; " Path:" ]
            |> List.map error.Message.IndexOf
            |> List.filter (fun index -> index > 0)

        error.Message.Substring(0, List.fold min error.Message.Length ends)

    let private malformed file (bytes: byte array) (error: JsonException) =
        let lineStart =
            Seq.indexed bytes
            |> Seq.filter (fun (_, value) -> value = byte '\n')
            |> Seq.map (fun (index, _) -> index + 1)
            |> Seq.append [ 0 ]
            |> Seq.tryItem (int (error.LineNumber.GetValueOrDefault()))
            // The reader counts lone carriage returns in comments as line ends too.
            |> Option.defaultValue 0

        let offset =
            min bytes.Length (lineStart + int (error.BytePositionInLine.GetValueOrDefault()))

        let line, column = position bytes offset

        Draft.failAt
            { Place.create file "" with
                Line = line
                Column = column
            }
            $"this is not valid JSON: {reason error}"

    /// <summary>The value that the text holds.</summary>
    /// <param name="file">What errors call the text.</param>
    /// <param name="path">The JSON path at which the value stands; empty for a whole recipe.</param>
    let parse file path (text: string) : Draft<Node> =
        let bytes = Encoding.UTF8.GetBytes(text.TrimStart '\uFEFF')

        let place (offset: int64) path =
            let line, column = position bytes (int offset)

            {
                File = file
                Path = path
                Line = line
                Column = column
            }

        try
            let mutable reader = Utf8JsonReader(ReadOnlySpan bytes, options)
            reader.Read() |> ignore
            let root = node place path &reader
            // Throws if anything but comments follows.
            reader.Read() |> ignore
            Draft.ok root |> Draft.check repeated
        with :? JsonException as error ->
            malformed file bytes error
