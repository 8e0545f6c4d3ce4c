using System.Text.Json;
using System.Text.Json.Nodes;
using PluginGan.Core;

namespace PluginGan.Host.Measures;

/// <summary>Options of evaluators, extractors and datasets as <c>--set NAME.OPTION=VALUE</c> gives them on the command line.</summary>
internal sealed class MeasureSettings
{
    private readonly ILookup<string, string> settings;

    /// <exception cref="UsageException">One has another form, or names a component that there is not.</exception>
    public MeasureSettings(IReadOnlyList<string> texts, IReadOnlyList<ComponentDescription> catalogue)
    {
        string[] known = [.. catalogue
            .Where(component => component.Kind is ComponentKind.Evaluator or ComponentKind.FeatureExtractor or ComponentKind.Dataset).Select(component => component.Info.Name)];
        settings = texts.Select(text => Split(text, known)).ToLookup(pair => pair.Name, pair => pair.Setting, StringComparer.Ordinal);
    }

    /// <summary>What is set of a component: <c>OPTION=VALUE</c> each.</summary>
    public IReadOnlyList<string> Of(string name) => [.. settings[name]];

    /// <summary>The names of which something is set.</summary>
    public IEnumerable<string> Names => settings.Select(group => group.Key);

    /// <summary>A component as a recipe would name it: with the options that it has there, and those that are set over them.</summary>
    public JsonObject InRecipe(string name, ComponentChoice? known)
    {
        var component = new JsonObject { ["name"] = name };
        foreach (var (option, value) in known?.Options ?? new Dictionary<string, JsonElement>())
            component[option] = JsonNode.Parse(value.GetRawText());
        foreach (var setting in settings[name])
        {
            var at = setting.IndexOf('=', StringComparison.Ordinal);
            component[setting[..at]] = Value(setting[(at + 1)..]);
        }
        return component;
    }

    // As in every --set: JSON where it parses as such, else text.
    private static JsonNode? Value(string text)
    {
        try
        {
            return JsonNode.Parse(text);
        }
        catch (JsonException)
        {
            return JsonValue.Create(text);
        }
    }

    private static (string Name, string Setting) Split(string text, string[] known)
    {
        var (dot, equals) = (text.IndexOf('.', StringComparison.Ordinal), text.IndexOf('=', StringComparison.Ordinal));
        if (dot < 1 || equals < dot + 2)
            throw new UsageException($"--set: '{text}' is not of the form NAME.OPTION=VALUE, such as fid.extractor=classifier");
        var name = text[..dot];
        if (!known.Contains(name))
            throw new UsageException($"--set: there is no evaluator, feature extractor or dataset '{name}'; `plugingan plugins list` shows which there are");
        return (name, text[(dot + 1)..]);
    }
}
