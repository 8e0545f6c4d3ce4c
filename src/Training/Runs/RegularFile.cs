namespace PluginGan.Training;

/// <summary>
/// Files of a run that are read back: a pipe or a device in the place of one would keep its reader waiting for ever, and of a folder the
/// system says only that access is denied.
/// </summary>
internal static class RegularFile
{
    /// <summary>The path itself, where it leads to a file or to nothing.</summary>
    /// <exception cref="IOException">It leads to something else.</exception>
    public static string At(string path) => DataFile.OtherKind(path) is not { } kind
        ? path
        : throw new IOException($"'{path}' is {kind}, where a file belongs; put the file back");
}
