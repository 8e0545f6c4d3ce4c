namespace PluginGan.Host.Reports;

/// <summary>
/// The files of a run's folder. A link that leads out of it is not followed: a report is given away, and holds nothing that its run does
/// not.
/// </summary>
internal sealed class RunFiles(string folder)
{
    private const int MostLinks = 40;

    private readonly string real = Resolve(folder);

    /// <exception cref="IOException">A file or folder lies outside once all links are resolved.</exception>
    public void Require(string path)
    {
        if (!Resolve(path).StartsWith($"{Path.TrimEndingDirectorySeparator(real)}{Path.DirectorySeparatorChar}", StringComparison.Ordinal))
            throw new IOException("it is a link out of the run's folder, which a report does not follow");
    }

    // .NET resolves the last part of a path only.
    private static string Resolve(string path)
    {
        var full = Path.GetFullPath(path);
        var resolved = Path.GetPathRoot(full)!;
        var left = new Stack<string>();
        Push(full);
        var links = 0;
        while (left.TryPop(out var name))
        {
            var next = name == ".." ? Path.GetDirectoryName(resolved) ?? resolved : Path.Combine(resolved, name);
            if (name == ".." || new FileInfo(next).LinkTarget is not { } target)
            {
                resolved = next;
                continue;
            }
            if (++links > MostLinks)
                throw new IOException("its links lead to each other");
            if (Path.IsPathRooted(target))
                resolved = Path.GetPathRoot(target)!;
            Push(target);
        }
        return resolved;

        void Push(string parts)
        {
            char[] separators = [Path.DirectorySeparatorChar, Path.AltDirectorySeparatorChar];
            var names = parts[(Path.GetPathRoot(parts) ?? "").Length..].Split(separators, StringSplitOptions.RemoveEmptyEntries);
            foreach (var name in names.Where(name => name != ".").Reverse())
                left.Push(name);
        }
    }
}
