using System.IO.Enumeration;
using System.Security.Cryptography;
using System.Text;
using PluginGan.Plugins.Images.Decoding;

namespace PluginGan.Plugins.Images.Folders;

/// <summary>The images of a folder by their names, without having looked into them.</summary>
internal sealed class FolderListing
{
    private FolderListing(string root, IReadOnlyList<ListedFile> files, IReadOnlyList<string> passedOver) =>
        (Root, Files, PassedOver) = (root, files, passedOver);

    /// <summary>The folder, as a full path.</summary>
    public string Root { get; }

    /// <summary>Every file that is an image by its name or by its first bytes, in the ordinal order of the names.</summary>
    public IReadOnlyList<ListedFile> Files { get; }

    /// <summary>What lies among them and is no regular file, with what it is instead: reading a pipe would never end.</summary>
    public IReadOnlyList<string> PassedOver { get; }

    /// <summary>Lists a folder with all that lies below it. Hidden files and folders do not count; links to folders are followed at the first level only.</summary>
    /// <exception cref="ComponentException">There is no such folder, it cannot be read, or it holds no image.</exception>
    public static FolderListing Of(string path)
    {
        var root = Path.GetFullPath(path);
        if (!Directory.Exists(root))
            throw new ComponentException($"the option 'path' names the folder {root}, which does not exist{(File.Exists(root) ? ": it is a file" : "")}");
        try
        {
            var (files, passedOver) = (new List<ListedFile>(), new List<string>());
            foreach (var file in List(root))
            {
                if (DataFile.OtherKind(Path.Combine(root, file.Name)) is { } kind)
                    passedOver.Add($"{file.Name} is {kind}");
                else if (ImageFormat.IsClaimedBy(file.Name) || ImageFormat.IsKnown(ImageFormat.Head(Path.Combine(root, file.Name))))
                    files.Add(file);
            }
            if (files.Count == 0)
                throw new ComponentException($"the folder {root} (option 'path') holds no image; PNG, JPEG, WebP and BMP files are read, in it and in its subfolders");
            files = [.. files.OrderBy(file => file.Canonical, StringComparer.Ordinal).ThenBy(file => file.Name, StringComparer.Ordinal)];
            passedOver.Sort(StringComparer.Ordinal);
            return new FolderListing(root, files, passedOver);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new ComponentException($"the folder {root} (option 'path') cannot be read: {error.Message}", error);
        }
    }

    /// <summary>The class of each file and the names of the classes; null for images that lie in the folder itself.</summary>
    /// <exception cref="ComponentException">Some images lie in the folder itself, and some in subfolders.</exception>
    public (long[] Labels, IReadOnlyList<string> Names)? Classes()
    {
        List<string> groups = [.. Files.Select(file => file.Group)];
        List<string> names = [.. groups.Distinct().Order(StringComparer.Ordinal)];
        if (names is [""])
            return null;
        if (names[0].Length == 0)
            throw new ComponentException($"{Root} holds images itself ({Files.First(file => file.Group.Length == 0).Name}, {groups.Count(group => group.Length == 0)} in all) and in subfolders ({names[1]}); "
                + "move them into a subfolder, which makes a class, or set 'labels' to false to take all of them without classes");
        var indices = names.Index().ToDictionary(name => name.Item, name => (long)name.Index, StringComparer.Ordinal);
        return ([.. groups.Select(group => indices[group])], names);
    }

    /// <summary>The subfolders that make no class, because they hold no image.</summary>
    public IReadOnlyList<string> EmptyFolders()
    {
        var groups = Files.Select(file => file.Group).ToHashSet(StringComparer.Ordinal);
        return [.. Directory.EnumerateDirectories(Root).Select(path => Path.GetFileName(path))
            .Where(name => name is not ['.', ..] && !groups.Contains(CanonicalText.Compose(name))).Order(StringComparer.Ordinal)];
    }

    /// <summary>For each file whether it is set apart for tests: a share of each subfolder, the files with the smallest hashes of seed and name.</summary>
    public bool[] SetApart(double share, int seed)
    {
        var apart = new bool[Files.Count];
        if (share == 0)
            return apart;
        foreach (var group in Files.Index().GroupBy(file => file.Item.Group, StringComparer.Ordinal))
        {
            var hashed = group.OrderBy(file => Hash(seed, file.Item.Canonical), StringComparer.Ordinal);
            var ordered = hashed.Select(file => file.Index).ToList();
            var count = ordered.Count == 1 ? 0 : Math.Max(1, (int)Math.Round(share * ordered.Count, MidpointRounding.AwayFromZero));
            foreach (var index in ordered.Take(count))
                apart[index] = true;
        }
        return apart;
    }

    private static string Hash(int seed, string name) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{seed}:{name}")));

    private static FileSystemEnumerable<ListedFile> List(string root) =>
        new(root, (ref FileSystemEntry entry) => Describe(root, ref entry), new EnumerationOptions { RecurseSubdirectories = true, IgnoreInaccessible = false, AttributesToSkip = FileAttributes.None })
        {
            ShouldIncludePredicate = (ref FileSystemEntry entry) => !entry.IsDirectory && !IsHidden(ref entry),
            ShouldRecursePredicate = (ref FileSystemEntry entry) =>
                !IsHidden(ref entry) && (entry.Directory.Length == entry.RootDirectory.Length || !entry.Attributes.HasFlag(FileAttributes.ReparsePoint)),
        };

    private static bool IsHidden(ref FileSystemEntry entry) => entry.FileName is ['.', ..];

    private static ListedFile Describe(string root, ref FileSystemEntry entry)
    {
        var path = entry.ToFullPath();
        var name = Path.GetRelativePath(root, path).Replace(Path.DirectorySeparatorChar, '/');
        if (!entry.Attributes.HasFlag(FileAttributes.ReparsePoint))
            return new(name, entry.Length, entry.LastWriteTimeUtc.Ticks);
        var target = Target(path);
        return new(name, target?.Length ?? 0, target?.LastWriteTimeUtc.Ticks ?? 0);
    }

    // What is behind a link is what is read. Behind a broken one, or one that leads to itself, is nothing: that is found when
    // it is decoded.
    private static FileInfo? Target(string link)
    {
        try
        {
            return File.ResolveLinkTarget(link, returnFinalTarget: true) is FileInfo { Exists: true } file ? file : null;
        }
        catch (IOException)
        {
            return null;
        }
    }
}
