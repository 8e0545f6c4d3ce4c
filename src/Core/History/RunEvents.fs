namespace PluginGan.Core

open System.Collections.Generic
open System.Text.Json
open System.Text.Json.Serialization
open System.Text.Json.Serialization.Metadata

/// The lines of an events.jsonl.
[<AbstractClass; Sealed>]
type RunEvents private () =

    /// Most events have no diagnosis, and say nothing of it.
    static let diagnosisMayBeMissing (info: JsonTypeInfo) =
        if info.Type = typeof<RunEvent> then
            for property in info.Properties do
                if property.Name = "diagnosis" then
                    property.IsRequired <- false

    static let options =
        let options =
            JsonSerializerOptions(
                PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
                NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
                RespectRequiredConstructorParameters = true,
                RespectNullableAnnotations = true,
                DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
                TypeInfoResolver = DefaultJsonTypeInfoResolver().WithAddedModifier(diagnosisMayBeMissing)
            )

        options.Converters.Add(JsonStringEnumConverter(JsonNamingPolicy.CamelCase, allowIntegerValues = false))
        options

    static let tryParse (line: string) =
        try
            JsonSerializer.Deserialize<RunEvent>(line, options) |> Option.ofObj
        with :? JsonException ->
            None

    /// One line without a line break. NaN and infinities stand as "NaN", "Infinity" and "-Infinity".
    static member ToJsonLine(event: RunEvent) : string =
        JsonSerializer.Serialize(event, options)

    /// <summary>The events of the lines, in order.</summary>
    /// <param name="lines">
    /// The lines of a file. One that cannot be read is left out: a crash tears the last line, behind which a resumed run then writes on,
    /// and a later version may know other kinds.
    /// </param>
    static member ParseLines(lines: IEnumerable<string>) : IReadOnlyList<RunEvent> =
        lines |> Seq.choose tryParse |> List.ofSeq :> _

    /// <summary>Which lines of a history cannot be read, as a sentence without its full stop; null where all can.</summary>
    /// <param name="lines">The lines of the file, empty ones too: a message counts as an editor does.</param>
    static member Unread(lines: IEnumerable<string>) : string | null =
        let unread =
            lines
            |> Seq.indexed
            |> Seq.filter (fun (_, line) -> line <> "" && (tryParse line).IsNone)
            |> Seq.map (fun (index, _) -> index + 1)
            |> List.ofSeq

        let places =
            unread
            |> List.truncate RunEvents.ShownLines
            |> List.map string
            |> String.concat ", "

        match unread with
        | [] -> null
        | [ line ] -> $"line {line} cannot be read and is left out"
        | _ ->
            let more = if unread.Length > RunEvents.ShownLines then ", …" else ""
            $"{unread.Length} lines cannot be read and are left out (lines {places}{more})"

    static member private ShownLines = 5
