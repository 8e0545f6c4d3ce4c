namespace PluginGan;

/// <summary>How far a long preparation has come.</summary>
/// <param name="Activity">What is being done: <c>downloading train-images-idx3-ubyte.gz</c>.</param>
/// <param name="Done">Units done so far (bytes for downloads).</param>
/// <param name="Total">Units in all, or null where unknown.</param>
public sealed record ComponentProgress(string Activity, long Done, long? Total);
