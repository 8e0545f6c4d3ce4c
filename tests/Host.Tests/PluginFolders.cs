using System.Reflection;
using PluginGan.Host.Plugins;

namespace PluginGan.Host.Tests;

/// <summary>A root with plugin folders for one test, and a cache of its own.</summary>
internal sealed class PluginFolders : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("plugingan-");

    public string Root => Directory.CreateDirectory(Path.Combine(folder.FullName, "plugins")).FullName;

    public string CacheFolder => Path.Combine(folder.FullName, "data");

    public static string BuiltIn { get; } = Path.Combine(Metadata("Repository"), "src", "Host", "bin", Metadata("Configuration"), "net10.0", "plugins");

    public PluginCatalogue Catalogue(params string[] moreRoots) => new([Root, .. moreRoots], new CatalogueCache(new DataFolder(CacheFolder)));

    /// <summary>Copies a test plugin under its own name or another.</summary>
    public string Add(string testPlugin)
    {
        var name = $"PluginGan.TestPlugins.{testPlugin}";
        var target = Directory.CreateDirectory(Path.Combine(Root, name)).FullName;
        foreach (var file in Directory.GetFiles(Path.Combine(Metadata("Repository"), "tests", "TestPlugins", testPlugin, "bin", Metadata("Configuration"), "net10.0")))
            File.Copy(file, Path.Combine(target, Path.GetFileName(file)), overwrite: true);
        return target;
    }

    public void Dispose() => folder.Delete(recursive: true);

    private static string Metadata(string key) =>
        typeof(PluginFolders).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(attribute => attribute.Key == key).Value!;
}
