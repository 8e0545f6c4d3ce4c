using PluginGan.Core;

namespace PluginGan.Host.Plugins;

/// <summary>What the catalogue knows of a plugin.</summary>
/// <param name="Name">Its name: that of its folder.</param>
/// <param name="Folder">Its folder, or null for the components that come with the trainer.</param>
/// <param name="Version">The assembly's version; empty where it could not be read.</param>
/// <param name="Sha256">The hash of the folder.</param>
/// <param name="Components">What the plugin registers; empty where it failed.</param>
/// <param name="Failure">Why it cannot be used, or null.</param>
internal sealed record PluginEntry(string Name, PluginFolder? Folder, string Version, string Sha256, IReadOnlyList<ComponentDescription> Components, string? Failure);
