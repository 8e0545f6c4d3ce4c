using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace PluginGan.Host.Reports;

/// <summary>
/// What the report tells of a recipe. It is read as JSON and not as a recipe: a report is made without the plugins, and of runs that a later version
/// would no longer take.
/// </summary>
internal sealed class RecipeFacts
{
    private static readonly JsonSerializerOptions Pretty = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private static readonly JsonDocumentOptions Tolerant = new()
    {
        CommentHandling = JsonCommentHandling.Skip,
        AllowTrailingCommas = true,
        AllowDuplicateProperties = false,
    };

    private readonly JsonNode? root;

    /// <param name="text">The recipe; where it is no JSON it is shown as it stands, and nothing is told of it.</param>
    public RecipeFacts(string text)
    {
        try
        {
            root = JsonNode.Parse(text, documentOptions: Tolerant);
            Text = root?.ToJsonString(Pretty) ?? text;
        }
        catch (JsonException)
        {
            Text = text;
        }
    }

    /// <summary>The recipe, indented.</summary>
    public string Text { get; }

    public string? Name => Of<string>("name");

    public ulong? Seed => Number<ulong>("seed");

    /// <summary>How many iterations were wanted.</summary>
    public long? Iterations => Number<long>("training", "iterations");

    public long? Batch => Number<long>("training", "batch");

    public string? Precision => Of<string>("training", "precision");

    /// <summary>What the model is made of, by the component's place in the recipe.</summary>
    public IEnumerable<(string Part, string Component)> Components =>
        from part in (string[])["dataset", "architecture", "loss", "objective"]
        let component = At(part) is JsonValue ? Of<string>(part) : Of<string>(part, "name")
        where component is not null
        select (part, component);

    private T? Of<T>(params string[] path) where T : class => At(path) is JsonValue value && value.TryGetValue<T>(out var found) ? found : null;

    private T? Number<T>(params string[] path) where T : struct => At(path) is JsonValue value && value.TryGetValue<T>(out var found) ? found : null;

    private JsonNode? At(params string[] path) => path.Aggregate(root, (node, key) => (node as JsonObject)?[key]);
}
