namespace PluginGan.Training;

/// <summary>The run's folder is no longer this process's to write to: it was deleted, moved, or taken over by another process.</summary>
public sealed class LostRunException(string message, Exception? cause = null) : IOException(message, cause);
