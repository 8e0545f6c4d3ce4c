using System.Diagnostics;
using System.Runtime.Loader;

namespace PluginGan.Host.Plugins;

/// <summary>Tells whose code threw.</summary>
internal static class Fault
{
    /// <summary><c>in the plugin 'X': </c> where the innermost frame that is not the framework's belongs to a plugin; else nothing.</summary>
    public static string Describe(Exception error)
    {
        var assemblies = new StackTrace(error).GetFrames().Select(frame => frame.GetMethod()?.DeclaringType?.Assembly).OfType<System.Reflection.Assembly>();
        var plugin = assemblies.FirstOrDefault(assembly => AssemblyLoadContext.GetLoadContext(assembly) != AssemblyLoadContext.Default);
        return plugin is null ? "" : $"in the plugin '{plugin.GetName().Name}': ";
    }
}
