namespace PluginGan.Host;

/// <summary>Where downloads, derived data and the plugin cache are kept: <c>PLUGINGAN_DATA</c>, else <c>~/.cache/plugingan</c>.</summary>
internal sealed record DataFolder(string Path)
{
    public static DataFolder FromEnvironment() => new(
        Environment.GetEnvironmentVariable("PLUGINGAN_DATA") is { Length: > 0 } path
            ? System.IO.Path.GetFullPath(path)
            : System.IO.Path.Combine(
                Environment.GetEnvironmentVariable("XDG_CACHE_HOME") is { Length: > 0 } cache
                    ? cache
                    : System.IO.Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".cache"),
                "plugingan"));
}
