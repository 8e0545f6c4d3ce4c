namespace PluginGan.Host.Commands;

/// <summary>A file that an option names to be written: whether it can be is found out before the work that fills it.</summary>
internal static class OutputFile
{
    /// <summary>Makes the folder that the file will lie in.</summary>
    /// <param name="option">The option, for messages.</param>
    /// <param name="path">What it names.</param>
    /// <param name="extension">What is written, as the extension of its files; a name without any is taken as it is.</param>
    /// <returns>The whole path.</returns>
    /// <exception cref="UsageException">It is a folder, its folder cannot be made, or its extension means another format.</exception>
    public static string Prepare(string option, string path, string extension)
    {
        var full = Path.GetFullPath(path);
        if (Directory.Exists(full) || Path.EndsInDirectorySeparator(full))
            throw new UsageException($"{option}: '{full}' is a folder; name a file");
        var named = Path.GetExtension(full);
        if (named.Length > 0 && !named.Equals(extension, StringComparison.OrdinalIgnoreCase))
            throw new UsageException($"{option}: what is written is no '{named}'; name a file that ends in {extension}");
        PrepareFolder(option, Path.GetDirectoryName(full)!);
        return full;
    }

    /// <summary>Makes a folder.</summary>
    /// <param name="option">The option, for messages.</param>
    /// <param name="path">What it names.</param>
    /// <returns>The whole path.</returns>
    /// <exception cref="UsageException">It cannot be made.</exception>
    public static string PrepareFolder(string option, string path)
    {
        try
        {
            return Directory.CreateDirectory(path).FullName;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            var folder = TextArguments.Short(Path.GetFullPath(path));
            throw new UsageException($"{option}: the folder '{folder}' cannot be made: {error.Message}");
        }
    }
}
