namespace PluginGan.Host;

/// <summary>The command line asks for what cannot be: the message says what would be right.</summary>
internal sealed class UsageException(string message) : Exception(message);
