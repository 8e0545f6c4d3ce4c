using PluginGan.Core;
using PluginGan.Training;

namespace PluginGan.Host.Plugins;

/// <summary>All plugins in the plugin folders. Those whose registrations are known are loaded only when a component of theirs is made.</summary>
internal sealed class PluginCatalogue : IDisposable
{
    private const string BuiltInName = "built-in";

    private readonly Registrations builtIn = [];
    private readonly Dictionary<string, LoadedPlugin> loaded = new(StringComparer.Ordinal);
    private readonly Lazy<IReadOnlyList<PluginEntry>> entries;

    /// <param name="roots">Folders that hold plugin folders; where a name appears twice, the later root wins.</param>
    /// <param name="cache">What is known from earlier.</param>
    public PluginCatalogue(IReadOnlyList<string> roots, CatalogueCache cache)
    {
        new TrainingComponents().Register(builtIn);
        entries = new(() => Read(roots, cache, builtIn));
    }

    public IReadOnlyList<PluginEntry> Entries => entries.Value;

    public IReadOnlyList<ComponentDescription> Components => [.. Entries.SelectMany(entry => entry.Components)];

    /// <summary>Those of the loaded plugins, as a run's manifest records them.</summary>
    public IReadOnlyList<PluginStamp> Loaded =>
        [.. Entries.Where(entry => loaded.ContainsKey(entry.Name)).Select(entry => new PluginStamp(entry.Name, entry.Version, entry.Sha256))];

    /// <summary>The registration of a component, its plugin loaded.</summary>
    /// <exception cref="PluginException">No plugin has it, or its plugin does not load.</exception>
    public Registration Find(ComponentKind kind, string name)
    {
        var entry = Entries.FirstOrDefault(entry => entry.Components.Any(component => component.Kind == kind && component.Info.Name == name))
            ?? throw new PluginException($"there is no {kind.ToString().ToLowerInvariant()} '{name}'");
        return (entry.Folder is { } folder ? Load(entry, folder).Registrations : builtIn).First(registration => registration.Kind == kind && registration.Info.Name == name);
    }

    public void Dispose()
    {
        foreach (var plugin in loaded.Values)
            plugin.Dispose();
    }

    private LoadedPlugin Load(PluginEntry entry, PluginFolder folder)
    {
        if (loaded.TryGetValue(entry.Name, out var plugin))
            return plugin;
        try
        {
            return loaded[entry.Name] = LoadedPlugin.Load(folder);
        }
        catch (PluginException error)
        {
            throw new PluginException($"the plugin '{entry.Name}' cannot be loaded: {error.Message}", error);
        }
    }

    private static List<PluginEntry> Read(IReadOnlyList<string> roots, CatalogueCache cache, Registrations builtIn)
    {
        var folders = new SortedDictionary<string, PluginFolder>(StringComparer.Ordinal);
        foreach (var folder in roots.SelectMany(PluginFolder.Under))
            folders[folder.Name] = folder;
        var owners = new Dictionary<(ComponentKind, string), string>();
        return [.. folders.Values.Select(folder => Describe(folder, cache)).Prepend(Describe(builtIn)).Select(entry => RefuseClashes(entry, owners))];
    }

    private static PluginEntry Describe(Registrations builtIn) => new(BuiltInName, null, PluginMetadata.ContractVersion, "", Describe(BuiltInName, builtIn), null);

    private static ComponentDescription[] Describe(string plugin, IEnumerable<Registration> registrations) =>
        [.. registrations.Select(registration => new ComponentDescription(registration.Kind, registration.Info, plugin, OptionReflection.Describe(registration.Options)))];

    private static PluginEntry Describe(PluginFolder folder, CatalogueCache cache)
    {
        var version = "";
        try
        {
            version = folder.Metadata().Version;
            var sha256 = folder.Hash();
            if (cache.Find(sha256) is { } known)
                return new PluginEntry(folder.Name, folder, version, sha256, known, null);
            using var plugin = LoadedPlugin.Load(folder);
            var components = Describe(folder.Name, plugin.Registrations);
            cache.Keep(sha256, components);
            return new PluginEntry(folder.Name, folder, version, sha256, components, null);
        }
        // A plugin may fail in any way; the others and the command go on.
        catch (Exception error)
        {
            var cause = error.GetBaseException();
            var reason = error is PluginException or IOException ? error.Message : $"{cause.GetType().Name} while its options were described: {cause.Message}";
            return new PluginEntry(folder.Name, folder, version, "", [], reason);
        }
    }

    private static PluginEntry RefuseClashes(PluginEntry entry, Dictionary<(ComponentKind, string), string> owners)
    {
        foreach (var component in entry.Components)
        {
            if (!owners.TryGetValue((component.Kind, component.Info.Name), out var owner))
                continue;
            var clash = $"it registers the {component.Kind.ToString().ToLowerInvariant()} '{component.Info.Name}', which '{owner}' has registered already";
            return entry with { Components = [], Failure = $"{clash}; remove one of the two folders" };
        }
        foreach (var component in entry.Components)
            owners[(component.Kind, component.Info.Name)] = entry.Name;
        return entry;
    }
}
