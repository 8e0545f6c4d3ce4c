using System.Text.Json;
using PluginGan.Core;
using PluginGan.Training;

namespace PluginGan.Host.Plugins;

/// <summary>Remembers what each plugin registers, by the SHA-256 of its folder, so that looking at plugins does not load them.</summary>
internal sealed class CatalogueCache(DataFolder data)
{
    // What a plugin registers is described by this very build of the host; another one learns anew.
    private static readonly string Build = typeof(CatalogueCache).Module.ModuleVersionId.ToString("N")[..12];

    private string Folder => Path.Combine(data.Path, "plugins", Build);

    public IReadOnlyList<ComponentDescription>? Find(string sha256)
    {
        try
        {
            return JsonFile.Read<IReadOnlyList<ComponentDescription>>(FileOf(sha256), JsonSerializerOptions.Web);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or JsonException)
        {
            return null;
        }
    }

    public void Keep(string sha256, IReadOnlyList<ComponentDescription> components)
    {
        try
        {
            Directory.CreateDirectory(Folder);
            AtomicFile.Write(FileOf(sha256), stream => JsonSerializer.Serialize(stream, components, JsonSerializerOptions.Web));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // Without a cache the plugin is loaded again next time: slower, and nothing else.
        }
    }

    private string FileOf(string sha256) => Path.Combine(Folder, $"{sha256}.json");
}
