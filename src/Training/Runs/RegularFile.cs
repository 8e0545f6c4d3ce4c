namespace PluginGan.Training;

/// <summary>Files of a run that are read back: a pipe or a device in the place of one would keep its reader waiting for ever.</summary>
internal static class RegularFile
{
    /// <summary>The path itself, where it leads to a file, a folder or nothing.</summary>
    /// <exception cref="IOException">It leads to something else.</exception>
    public static string At(string path) => Directory.Exists(path) || DataFile.OtherKind(path) is not { } kind
        ? path
        : throw new IOException($"'{path}' is {kind}, where a file belongs; put the file back");
}
