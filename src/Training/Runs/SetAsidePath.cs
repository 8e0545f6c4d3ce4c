namespace PluginGan.Training;

/// <summary>Renames what is in the way and must not be lost: <c>NAME.unread</c>, or <c>NAME.unread-2</c> where that is taken.</summary>
internal static class SetAsidePath
{
    /// <summary>Renames a file or a folder.</summary>
    /// <returns>The new path.</returns>
    public static string Move(string path)
    {
        var target = Enumerable.Range(1, int.MaxValue)
            .Select(number => $"{path}.unread{(number == 1 ? "" : $"-{number}")}")
            .First(free => !Path.Exists(free));
        if (Directory.Exists(path))
            Directory.Move(path, target);
        else
            File.Move(path, target);
        FolderEntries.Flush(Path.GetDirectoryName(path)!);
        return target;
    }
}
