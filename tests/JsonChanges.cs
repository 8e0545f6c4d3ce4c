using System.Text.Json.Nodes;

namespace PluginGan;

/// <summary>JSON that somebody has changed: every value in turn replaced by odd ones, left out, or given twice.</summary>
internal static class JsonChanges
{
    /// <summary>The changed texts.</summary>
    /// <param name="json">A document.</param>
    /// <param name="odd">What values are replaced by.</param>
    public static IEnumerable<string> Of(string json, IReadOnlyList<string> odd)
    {
        foreach (var path in Paths(JsonNode.Parse(json), []))
        {
            foreach (var value in odd)
                yield return Changed(json, path, value);
            if (path.Length > 0)
                yield return Changed(json, path, null);
            if (path is [.., string key])
                yield return Changed(json, path, $"1,\"{key}\":2");
        }
    }

    private static IEnumerable<object[]> Paths(JsonNode? node, object[] here) => (node switch
    {
        JsonObject entries => entries.SelectMany(entry => Paths(entry.Value, [.. here, entry.Key])),
        JsonArray items => items.SelectMany((item, index) => Paths(item, [.. here, index])),
        _ => [],
    }).Prepend(here);

    private static string Changed(string json, object[] path, string? value)
    {
        // A mark that no value has, put there as a text and exchanged afterwards: odd values need not be JSON that can be built.
        const string Mark = "@changed@";
        if (path.Length == 0)
            return value ?? "";
        var root = JsonNode.Parse(json)!;
        var parent = path[..^1].Aggregate(root, (node, step) => step is string key ? node[key]! : node[(int)step]!);
        if (value is null && path[^1] is string gone)
            parent.AsObject().Remove(gone);
        else if (value is null)
            parent.AsArray().RemoveAt((int)path[^1]);
        else if (path[^1] is string name)
            parent[name] = Mark;
        else
            parent[(int)path[^1]] = Mark;
        return root.ToJsonString().Replace($"\"{Mark}\"", value, StringComparison.Ordinal);
    }
}
