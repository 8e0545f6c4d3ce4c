namespace PluginGan.Host.Plugins;

/// <summary>A plugin cannot be loaded, or failed at something: the message names what and why.</summary>
internal sealed class PluginException(string message, Exception? cause = null) : Exception(message, cause);
