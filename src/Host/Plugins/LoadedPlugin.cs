using System.Reflection;
using McMaster.NETCore.Plugins;
using Microsoft.Extensions.Logging;
using PluginGan.Training;
using TorchSharp;

namespace PluginGan.Host.Plugins;

/// <summary>A plugin in a load context of its own, with what it registered.</summary>
internal sealed class LoadedPlugin : IDisposable
{
    // Sharing a type shares its assembly: modules made in a plugin are then the host's own, and libtorch is loaded once.
    private static readonly Type[] Shared = [typeof(IGanPlugin), typeof(torch), typeof(ILoggerFactory)];

    private readonly PluginLoader loader;

    private LoadedPlugin(string name, PluginLoader loader, IReadOnlyList<Registration> registrations) =>
        (Name, this.loader, Registrations) = (name, loader, registrations);

    public string Name { get; }

    public IReadOnlyList<Registration> Registrations { get; }

    /// <summary>Loads the assembly and lets every plugin class in it register.</summary>
    /// <exception cref="PluginException">It cannot be loaded or its registration fails.</exception>
    public static LoadedPlugin Load(PluginFolder folder)
    {
        PluginLoader? loader = null;
        try
        {
            // A plugin may touch TorchSharp while it registers, which would choose a libtorch by itself.
            NativeTorch.Load();
            loader = PluginLoader.CreateFromAssemblyFile(folder.AssemblyPath, isUnloadable: true, Shared);
            var registrations = new Registrations();
            var entries = loader.LoadDefaultAssembly().GetTypes()
                .Where(type => type is { IsAbstract: false, IsPublic: true } && typeof(IGanPlugin).IsAssignableFrom(type)).ToList();
            if (entries.Count == 0)
                throw new PluginException($"{folder.Name}.dll has no public class that implements {nameof(IGanPlugin)}");
            foreach (var entry in entries)
                ((IGanPlugin)Activator.CreateInstance(entry)!).Register(registrations);
            return new LoadedPlugin(folder.Name, loader, registrations);
        }
        catch (Exception error)
        {
            loader?.Dispose();
            throw error as PluginException ?? new PluginException(Reason(error), error);
        }
    }

    public void Dispose() => loader.Dispose();

    private static string Reason(Exception error) => error switch
    {
        ReflectionTypeLoadException types => string.Join("; ", types.LoaderExceptions.OfType<Exception>().Select(cause => cause.Message).Distinct()),
        TargetInvocationException { InnerException: { } inner } => Reason(inner),
        LibtorchException => error.Message,
        _ => $"{error.GetType().Name} while it registered: {error.Message}",
    };
}
