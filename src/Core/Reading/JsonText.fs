namespace PluginGan.Core

open System
open System.Text
open System.Text.Json

/// Follows line and column, from 1, through UTF-8 text that is read from start to end: each byte is counted once.
type private Cursor(bytes: byte array) =
    let mutable at = 0
    let mutable line = 1
    let mutable column = 1

    /// Goes on to a byte; columns count characters.
    member _.GoTo(offset: int) =
        for index in at .. offset - 1 do
            let value = bytes[index]

            if value = byte '\n' then
                line <- line + 1
                column <- 1
            elif value >= 0xF0uy then
                column <- column + 2
            elif (value &&& 0xC0uy) <> 0x80uy then
                column <- column + 1

        at <- max at offset

    member _.Place file path =
        {
            File = file
            Path = path
            Line = Nullable line
            Column = Nullable column
        }

/// Reads JSON text, with comments and trailing commas, into nodes that know their lines.
module internal JsonText =

    /// How deep objects and lists may stand in each other; what a recipe says needs less than a third of it.
    let private deepest = 32

    exception private TooDeep

    // The reader's own limit is out of reach: ours has a message.
    let private options =
        JsonReaderOptions(CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true, MaxDepth = 2 * deepest)

    let rec private node (place: int64 -> string -> Place) path (reader: byref<Utf8JsonReader>) : Node =
        let start = place reader.TokenStartIndex path

        let value =
            match reader.TokenType with
            | JsonTokenType.StartObject
            | JsonTokenType.StartArray when reader.CurrentDepth >= deepest -> raise TooDeep
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

    /// The byte that the reader stumbled over.
    let private offsetOf (bytes: byte array) (error: JsonException) =
        let mutable line = error.LineNumber.GetValueOrDefault()
        let mutable start = 0

        while line > 0L do
            let next = Array.IndexOf(bytes, byte '\n', start) + 1
            // The reader counts lone carriage returns in comments as line ends too.
            line <- if next = 0 then 0L else line - 1L
            start <- next

        min bytes.Length (start + int (error.BytePositionInLine.GetValueOrDefault()))

    let private found (bytes: byte array) offset =
        if offset >= bytes.Length then
            "the text ends before the value does"
        else
            match Rune.DecodeFromUtf8(ReadOnlySpan(bytes, offset, bytes.Length - offset)) with
            | Buffers.OperationStatus.Done, rune, _ when not (Rune.IsControl rune) -> $"'{rune}' cannot stand here"
            | _, rune, _ when rune.Value = int '\n' || rune.Value = int '\r' -> "the line cannot end here"
            | _ -> "there is a control character"

    /// <summary>The value that the text holds.</summary>
    /// <param name="file">What errors call the text.</param>
    /// <param name="path">The JSON path at which the value stands; empty for a whole recipe.</param>
    let parse file path (text: string) : Draft<Node> =
        let bytes = Encoding.UTF8.GetBytes(text.TrimStart '\uFEFF')
        let cursor = Cursor bytes

        let place (offset: int64) path =
            cursor.GoTo(int offset)
            cursor.Place file path

        try
            let mutable reader = Utf8JsonReader(ReadOnlySpan bytes, options)
            reader.Read() |> ignore
            let root = node place path &reader
            // Throws if anything but comments follows.
            reader.Read() |> ignore
            Draft.ok root |> Draft.check repeated
        with
        | TooDeep -> Draft.failAt (cursor.Place file "") $"objects and lists stand in each other more than {deepest} deep"
        | :? InvalidOperationException ->
            Draft.failAt (cursor.Place file "") "the text here, or the key after it, holds half a character (\\uD800 to \\uDFFF alone)"
        | :? JsonException as error ->
            let cursor = Cursor bytes
            let offset = offsetOf bytes error
            cursor.GoTo offset

            Draft.failAt
                (cursor.Place file "")
                $"this is not JSON: {found bytes offset}; recipes are JSON (comments and trailing commas are allowed)"
