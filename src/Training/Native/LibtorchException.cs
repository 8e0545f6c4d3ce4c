namespace PluginGan.Training;

/// <summary>libtorch cannot be loaded; the message says why and what to do.</summary>
public sealed class LibtorchException(string message, Exception? cause = null) : DllNotFoundException(message, cause);
