using System.Globalization;

namespace PluginGan;

/// <summary>Files in which Linux tells figures of a process, a group or the machine.</summary>
internal static class ProcFile
{
    /// <summary>The lines; none where the file cannot be read.</summary>
    public static string[] Lines(string path)
    {
        try
        {
            return File.ReadAllLines(path);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }

    /// <summary>The number in a file that holds nothing else, or null.</summary>
    public static long? Number(string path) =>
        long.TryParse(Lines(path).FirstOrDefault(), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    /// <summary>The number behind a word at the start of a line, such as <c>MemAvailable: 1024 kB</c>, or null. What is told in kB is
    /// answered in bytes.</summary>
    public static long? Number(string path, string word)
    {
        foreach (var line in Lines(path))
            if (line.Split([' ', '\t', ':'], StringSplitOptions.RemoveEmptyEntries) is [var first, var value, .. var unit] && first == word)
                return long.Parse(value, CultureInfo.InvariantCulture) * (unit is ["kB"] ? 1024 : 1);
        return null;
    }
}
