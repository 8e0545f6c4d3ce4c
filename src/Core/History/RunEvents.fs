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
