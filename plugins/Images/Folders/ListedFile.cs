namespace PluginGan.Plugins.Images.Folders;

/// <summary>A file of a folder.</summary>
/// <param name="Name">Its path from the folder, with slashes.</param>
/// <param name="Length">Bytes.</param>
/// <param name="Modified">When it was last written, in ticks of UTC.</param>
internal readonly record struct ListedFile(string Name, long Length, long Modified)
{
    /// <summary>The subfolder that it lies in or below, or nothing.</summary>
    public string Group => Name.IndexOf('/', StringComparison.Ordinal) is var slash and >= 0 ? Name[..slash] : "";
}
