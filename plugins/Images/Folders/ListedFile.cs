namespace PluginGan.Plugins.Images.Folders;

/// <summary>A file of a folder.</summary>
/// <param name="Name">Its path from the folder, with slashes.</param>
/// <param name="Length">Bytes.</param>
/// <param name="Modified">When it was last written, in ticks of UTC.</param>
internal readonly record struct ListedFile(string Name, long Length, long Modified)
{
    /// <summary>The name in the one form that all machines share: what sorts and draws files goes by it.</summary>
    public string Canonical => CanonicalText.Compose(Name);

    /// <summary>The subfolder that it lies in or below, or nothing.</summary>
    public string Group => Canonical is var name && name.IndexOf('/', StringComparison.Ordinal) is var slash and >= 0 ? name[..slash] : "";
}
