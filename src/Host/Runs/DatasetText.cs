using System.Text.Json;
using PluginGan.Core;

namespace PluginGan.Host.Runs;

/// <summary>A dataset as the command line names it: a folder of images, a name, or a name with options as JSON.</summary>
/// <param name="components">The known components.</param>
/// <param name="settings">What the command line sets beside it: options such as "split=test" for a dataset of that name.</param>
internal sealed class DatasetText(IReadOnlyList<ComponentDescription> components, Func<string, IReadOnlyList<string>> settings)
{
    /// <summary>The dataset that reads folders of images.</summary>
    public const string Images = "image-folder";

    /// <param name="option">The option that says it, for messages.</param>
    /// <param name="text">What it says.</param>
    /// <exception cref="UsageException">It is neither a folder nor a dataset.</exception>
    /// <exception cref="RecipeException">The dataset has no such options.</exception>
    public ComponentChoice Read(string option, string text)
    {
        if (Directory.Exists(text))
            return Folder(option, text);
        if (File.Exists(text))
            throw new UsageException($"{option}: '{text}' is a file; name a folder of images, or a dataset");
        if (text.StartsWith('{'))
            return FromJson(option, text);
        if (components.Any(component => component.Kind == ComponentKind.Dataset && component.Info.Name == text))
            return Component(text, []);
        throw new UsageException($"{option}: there is no folder '{text}', and no dataset of that name; `plugingan plugins list` shows which there are");
    }

    private ComponentChoice Folder(string option, string path)
    {
        var images = components.FirstOrDefault(component => component.Kind == ComponentKind.Dataset && component.Info.Name == Images)
            ?? throw new UsageException($"{option}: folders are read by the dataset '{Images}', and no plugin provides it; `plugingan plugins list` shows which there are");
        // Nothing is set apart here: the whole folder is meant.
        var whole = images.Options.Any(known => known.Name == "split" && known.Choices.Contains("all")) ? new[] { "split=all" } : [];
        return Component(Images, [$"path={JsonSerializer.Serialize(Path.GetFullPath(path))}", .. whole]);
    }

    private ComponentChoice FromJson(string option, string text)
    {
        try
        {
            using var json = JsonDocument.Parse(text);
            var name = json.RootElement.GetProperty("name").GetString() ?? throw new KeyNotFoundException();
            return Component(name, [.. json.RootElement.EnumerateObject().Where(entry => entry.Name != "name").Select(entry => $"{entry.Name}={entry.Value.GetRawText()}")]);
        }
        catch (Exception problem) when (problem is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            var reason = problem is JsonException ? "it is not JSON" : "it is no object with a name";
            throw new UsageException($"{option}: '{text}' is no dataset as JSON, such as {{\"name\": \"{Images}\", \"path\": \"...\"}}: {reason}");
        }
    }

    private ComponentChoice Component(string name, IReadOnlyList<string> options) => Composition.Component(ComponentKind.Dataset, name, [.. options, .. settings(name)], components);
}
