namespace PluginGan.Training;

/// <summary>A file of weights is not what was written, or holds values with which nothing can be generated.</summary>
public sealed class DamagedWeightsException(string message, Exception inner) : IOException(message, inner);
