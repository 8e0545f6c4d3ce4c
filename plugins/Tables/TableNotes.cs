using Microsoft.Extensions.Logging;

namespace PluginGan.Plugins.Tables;

/// <summary>Says what each column of a table is taken for, and what is doubtful about it.</summary>
internal static class TableNotes
{
    private const int Shown = 40;

    public static void Log(CsvTableOptions options, CsvFile file, IReadOnlyList<ColumnSpec> columns, ILogger logger)
    {
        string[] numbers = [.. columns.Where(column => column.Categories is null).Select(column => column.Name)];
        string[] categories = [.. columns.Where(column => column.Categories is not null)
            .Select(column => $"{column.Name} ({column.Categories!.Count})")];
        string[] ignored = [.. file.Headings.Where(options.Ignore.Contains)];
        logger.LogInformation("'{Path}': {Rows} rows{Numbers}{Categories}{Ignored}", options.Path, file.Rows.Count,
            List("numbers", numbers), List("categories", categories), List("left out", ignored));
        if (options.Header && HeadingJudgement.Warning(file) is { } doubt)
            logger.LogWarning("'{Path}': {Warning}", options.Path, doubt);
        var places = file.Headings.Index().ToDictionary(heading => heading.Item, heading => heading.Index, StringComparer.Ordinal);
        foreach (var column in columns)
        {
            string[] cells = [.. file.Rows.Select(row => row[places[column.Name]])];
            var isChosen = options.Categorical.Contains(column.Name) || options.Continuous.Contains(column.Name);
            foreach (var warning in ColumnJudgement.Warnings(cells, column.Categories is not null, isChosen))
                logger.LogWarning("'{Path}', column '{Column}': {Warning}", options.Path, column.Name, warning);
        }
    }

    private static string List(string kind, string[] names) => names.Length == 0
        ? ""
        : $"; {kind}: {string.Join(", ", names.Take(Shown))}{(names.Length > Shown ? $" and {names.Length - Shown} more" : "")}";
}
