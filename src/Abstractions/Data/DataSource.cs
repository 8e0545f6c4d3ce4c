namespace PluginGan;

/// <summary>Files that the samples of a <see cref="Dataset"/> are read from.</summary>
/// <param name="Path">The absolute path of a file, or of the folder in which <paramref name="Files"/> lie.</param>
/// <param name="Files">The files of the folder by their paths within it, with slashes; null where the path is that of a file.</param>
public sealed record DataSource(string Path, IReadOnlyList<string>? Files = null);
