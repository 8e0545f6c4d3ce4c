namespace PluginGan.Training;

/// <summary>The places of a run's files and folders: what else stands in one would cost every checkpoint, or all sheets.</summary>
internal static class RunPlaces
{
    /// <summary>Sees to it that nothing else stands where the run keeps files and folders. They need not be there.</summary>
    /// <exception cref="IOException">Something does.</exception>
    public static void Require(IEnumerable<string> files, IEnumerable<string> folders)
    {
        foreach (var path in files)
            if (DataFile.OtherKind(path) is { } kind)
                throw InTheWay(path, kind, "file");
        foreach (var path in folders)
            if (InsteadOfFolder(path) is { } kind)
                throw InTheWay(path, kind, "folder");
    }

    /// <summary>What stands at a path instead of a folder: "a file"; null for a folder, or a link to one, and for nothing.</summary>
    public static string? InsteadOfFolder(string path)
    {
        if (Directory.Exists(path) || !Path.Exists(path))
            return null;
        return new FileInfo(path).LinkTarget is null ? DataFile.OtherKind(path) ?? "a file" : "a link that leads to no folder";
    }

    private static IOException InTheWay(string path, string kind, string wanted) =>
        new($"'{path}' is {kind}, where the run keeps a {wanted}: it could not be trained. Move what stands there away.");
}
