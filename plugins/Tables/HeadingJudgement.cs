namespace PluginGan.Plugins.Tables;

/// <summary>Whether the first line of a table names its columns, or is a row that was taken for names.</summary>
internal static class HeadingJudgement
{
    private const int Shown = 5;

    /// <summary>A warning with its remedy; null where most headings look like names.</summary>
    public static string? Warning(CsvFile file)
    {
        string[] alike = [.. file.Headings.Where((heading, column) => LooksLikeCell(heading, file.Rows.Select(row => row[column])))];
        return 2 * alike.Length <= file.Headings.Count
            ? null
            : "line 1 is taken for the names of the columns, but looks like a row "
                + $"({string.Join(", ", alike.Take(Shown))}{(alike.Length > Shown ? ", ..." : "")}); set 'header' to false if it is one";
    }

    // A number above numbers, or a word that is a cell of its column too.
    private static bool LooksLikeCell(string heading, IEnumerable<string> cells) => CsvFile.IsNumber(heading, out _)
        ? cells.All(cell => CsvFile.IsNumber(cell, out _))
        : cells.Contains(heading, StringComparer.Ordinal);
}
