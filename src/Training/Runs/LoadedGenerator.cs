namespace PluginGan.Training;

/// <summary>What a file of generator weights was.</summary>
/// <param name="Iteration">The iterations that the weights were trained for.</param>
/// <param name="Sha256">The file's SHA-256 in hexadecimal.</param>
public sealed record LoadedGenerator(long Iteration, string Sha256);
