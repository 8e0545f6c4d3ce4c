using System.Reflection;

namespace PluginGan.Host.Plugins;

/// <summary>What an assembly's metadata says of a plugin.</summary>
/// <param name="Version">Its informational version.</param>
/// <param name="Contract">The version of the contract it was built against; null where it does not say.</param>
internal sealed record PluginMetadata(string Version, string? Contract)
{
    /// <summary>The version of the contract in this host. The assembly version is frozen, so the informational version counts.</summary>
    public static string ContractVersion { get; } =
        typeof(IGanPlugin).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+', '-')[0];

    /// <summary>Whether a plugin works with a host. Before 1.0 every minor version may break; from then on a plugin may be as old as the
    /// major version.</summary>
    /// <param name="built">The version of the contract that the plugin was built against.</param>
    /// <param name="host">The host's.</param>
    public static bool IsCompatible(Version built, Version host) =>
        built.Major == host.Major && (host.Major == 0 ? built.Minor == host.Minor : built.Minor <= host.Minor);
}
