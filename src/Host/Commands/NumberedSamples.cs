using System.Globalization;

namespace PluginGan.Host.Commands;

/// <summary>A folder with one file for each sample, named by its number: samples of two calls must not lie mixed in it.</summary>
internal static class NumberedSamples
{
    private const string Digits = "D5";

    /// <summary>The path of a sample's file.</summary>
    public static string Path(string folder, int index, string extension) =>
        System.IO.Path.Combine(folder, index.ToString(Digits, CultureInfo.InvariantCulture) + extension);

    /// <summary>Refuses a folder in which an earlier call has left samples.</summary>
    /// <param name="folder">The folder; it may not exist.</param>
    /// <param name="overwrites">Whether they are to be replaced.</param>
    /// <exception cref="UsageException">There are some, and they are not to be replaced.</exception>
    public static void Require(string folder, bool overwrites)
    {
        if (overwrites || Files(folder) is not [var first, ..] files)
            return;
        var found = files.Length == 1 ? $"a file '{first}'" : $"{files.Length} files from '{first}' to '{files[^1]}'";
        throw new UsageException($"--out: the folder '{folder}' holds samples already, {found}, among which new ones would lie mixed; "
            + "name another folder, or replace them with --overwrite");
    }

    /// <summary>Deletes the samples of earlier calls.</summary>
    public static void Delete(string folder)
    {
        foreach (var file in Files(folder))
            File.Delete(System.IO.Path.Combine(folder, file));
    }

    // By their names alone: the format may have been another.
    private static string[] Files(string folder) => Directory.Exists(folder)
        ? [.. Directory.EnumerateFiles(folder).Select(System.IO.Path.GetFileName).OfType<string>().Where(IsNumbered).Order(StringComparer.Ordinal)]
        : [];

    private static bool IsNumbered(string file) => System.IO.Path.GetExtension(file) is ".png" or ".csv" or ".txt"
        && System.IO.Path.GetFileNameWithoutExtension(file) is { Length: >= 5 } name && name.All(char.IsAsciiDigit);
}
