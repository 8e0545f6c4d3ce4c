using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace PluginGan.Training;

/// <summary>Reads JSON that the program wrote and somebody may have changed: whatever is wrong is one kind of error, in words.</summary>
public static partial class JsonFile
{
    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false };

    /// <summary>Reads a file.</summary>
    /// <exception cref="JsonException">It does not hold such a value; the message says where.</exception>
    /// <exception cref="IOException">It cannot be opened.</exception>
    public static T Read<T>(string path, JsonSerializerOptions options)
        where T : class => Parse<T>(File.ReadAllBytes(RegularFile.At(path)), options);

    /// <summary>Reads a text.</summary>
    /// <exception cref="JsonException">It does not hold such a value; the message says where.</exception>
    public static T Parse<T>(string text, JsonSerializerOptions options)
        where T : class => Parse<T>(Encoding.UTF8.GetBytes(text), options);

    private static T Parse<T>(ReadOnlyMemory<byte> text, JsonSerializerOptions options)
        where T : class
    {
        using var json = Document(text);
        if (NullIn(json.RootElement, "$") is { } place)
            throw new JsonException($"there is null at {place}, where a value belongs");
        try
        {
            return json.Deserialize<T>(options) ?? throw new JsonException("it is empty");
        }
        catch (Exception error) when (error is JsonException { Path: not null } || IsOfSerialiser(error))
        {
            throw new JsonException(InWords(error.Message), error);
        }
    }

    private static JsonDocument Document(ReadOnlyMemory<byte> text)
    {
        try
        {
            // An editor may have put a byte order mark in front.
            return JsonDocument.Parse(text.Span.StartsWith(Encoding.UTF8.Preamble) ? text[Encoding.UTF8.Preamble.Length..] : text, Strict);
        }
        catch (JsonException error)
        {
            var where = error.LineNumber is { } line ? $"line {line + 1}, byte {error.BytePositionInLine + 1}" : error.Message;
            throw new JsonException($"it is not valid JSON: {where}", error);
        }
    }

    // Where the kind of an object is missing or unknown, a number is out of range, or a constructor refuses.
    private static bool IsOfSerialiser(Exception error) =>
        error is NotSupportedException or ArgumentException or InvalidOperationException or FormatException or OverflowException;

    // The serialiser's messages name types; what is missing and where are all that helps.
    private static string InWords(string message)
    {
        const string Missing = "missing required properties including: ";
        if (message.IndexOf(Missing, StringComparison.Ordinal) is >= 0 and var start)
            return $"it lacks {message[(start + Missing.Length)..].Split('.')[0]}";
        return PathIn().Match(message) is { Success: true } path
            ? $"what stands at {path.Groups[1].Value} is not what belongs there"
            : "it does not hold what belongs there";
    }

    [GeneratedRegex(@"Path: (\$\S*?)\.?( \||$)")]
    private static partial Regex PathIn();

    // The serialiser respects what may be null in objects, but not in lists.
    private static string? NullIn(JsonElement value, string place)
    {
        var found = value.ValueKind switch
        {
            JsonValueKind.Array => value.EnumerateArray().Select((item, index) => InItem(item, $"{place}[{index}]")),
            JsonValueKind.Object => value.EnumerateObject().Select(entry => NullIn(entry.Value, $"{place}.{entry.Name}")),
            _ => [],
        };
        return found.FirstOrDefault(inner => inner is not null);

        static string? InItem(JsonElement item, string place) => item.ValueKind == JsonValueKind.Null ? place : NullIn(item, place);
    }
}
