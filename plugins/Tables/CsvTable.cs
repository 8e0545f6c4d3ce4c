using TorchSharp;
using static TorchSharp.torch;

namespace PluginGan.Plugins.Tables;

/// <summary>Rows of a CSV file as numbers: what is continuous as it stands, what is categorical as the index of its category in alphabetical order.</summary>
internal static class CsvTable
{
    public const string Name = "csv-table";

    /// <summary>More than these are hardly categories: a generator would have an output for each.</summary>
    public const int MostCategories = 1000;

    /// <exception cref="ComponentException">The file is no such table; the message says which row and column, and what would be right.</exception>
    public static Dataset Open(CsvTableOptions options, ComponentContext context)
    {
        var file = CsvFile.Read(Path.GetFullPath(options.Path), options.Header, options.Delimiter);
        Check(options, file);
        int[] kept = [.. Enumerable.Range(0, file.Headings.Count).Where(column => !options.Ignore.Contains(file.Headings[column]))];
        if (kept.Length == 0)
            throw new ComponentException($"'{file.Path}': every column is in 'ignore'; leave one at least");
        var (columns, values) = (new ColumnSpec[kept.Length], new float[file.Rows.Count, kept.Length]);
        for (var place = 0; place < kept.Length; place++)
            columns[place] = Read(options, file, kept[place], values, place);
        // The other split has the same columns.
        if (options.Split == TableSplit.Train)
            TableNotes.Log(options, file, columns, context.LoggerFactory.CreateLogger(Name));
        using var scope = NewDisposeScope();
        var rows = tensor(values);
        var chosen = options.TestShare == 0 ? rows : rows.index_select(0, Chosen(options, file));
        return new TensorDataset(new DataSpec(new TableSpec(columns), ConditionSpec.None), chosen)
        {
            Sources = [new(Path.GetFullPath(file.Path))],
        };
    }

    private static void Check(CsvTableOptions options, CsvFile file)
    {
        foreach (var (option, names) in new[] { ("categorical", options.Categorical), ("continuous", options.Continuous), ("ignore", options.Ignore) })
            foreach (var name in names.Where(name => !file.Headings.Contains(name)))
                throw new ComponentException($"the option '{option}' names '{name}', but '{file.Path}' has the columns {string.Join(", ", file.Headings)}");
        if (options.Categorical.Intersect(options.Continuous).FirstOrDefault() is { } both)
            throw new ComponentException($"'{both}' is in 'categorical' and in 'continuous'; name it in one of them");
    }

    /// <summary>Fills one column of <paramref name="values"/> and says what it is.</summary>
    private static ColumnSpec Read(CsvTableOptions options, CsvFile file, int column, float[,] values, int place)
    {
        var name = file.Headings[column];
        var numbers = 0;
        int? unnumbered = null;
        for (var row = 0; row < file.Rows.Count; row++)
        {
            var cell = file.Rows[row][column];
            if (cell.Length == 0)
                throw Refused(file, row, name, "the cell is empty", "fill it, leave the row out, or name the column in 'ignore'");
            if (CsvFile.IsNumber(cell, out var number))
                (values[row, place], numbers) = ((float)number, numbers + 1);
            else
                unnumbered ??= row;
        }
        if (options.Categorical.Contains(name))
            return Categories(file, column, values, place);
        if (unnumbered is not { } odd)
            return new ColumnSpec(name, null);
        // Some words among many numbers are missing values or slips, not categories.
        if (options.Continuous.Contains(name) || 2 * numbers > file.Rows.Count)
        {
            var others = options.Continuous.Contains(name) ? "" : $", though {numbers} of the column's {file.Rows.Count} cells are";
            throw Refused(file, odd, name, $"'{file.Rows[odd][column]}' is no number{others}", "mend the cell, or name the column in 'categorical' or 'ignore'");
        }
        return Categories(file, column, values, place);
    }

    private static ColumnSpec Categories(CsvFile file, int column, float[,] values, int place)
    {
        string[] categories = [.. file.Rows.Select(row => row[column]).Distinct().Order(StringComparer.Ordinal)];
        if (categories.Length > MostCategories)
            throw new ComponentException($"'{file.Path}', column '{file.Headings[column]}': there are {categories.Length} categories, and at most {MostCategories} can be learnt; name the column in 'ignore'");
        var indices = categories.Select((category, index) => (category, index)).ToDictionary(entry => entry.category, entry => entry.index, StringComparer.Ordinal);
        for (var row = 0; row < file.Rows.Count; row++)
            values[row, place] = indices[file.Rows[row][column]];
        return new ColumnSpec(file.Headings[column], categories);
    }

    private static ComponentException Refused(CsvFile file, int row, string column, string what, string remedy) =>
        new($"'{file.Path}', line {file.Lines[row]}, column '{column}': {what}; {remedy}");

    /// <summary>The rows of the split in the order of the file, int64 [rows].</summary>
    private static Tensor Chosen(CsvTableOptions options, CsvFile file)
    {
        var (count, apart) = (file.Rows.Count, (int)Math.Round(options.TestShare * file.Rows.Count));
        if (apart == 0 || apart == count)
            throw new ComponentException($"'{file.Path}' has {count} rows, of which 'testShare' {options.TestShare.ToString(System.Globalization.CultureInfo.InvariantCulture)} sets {apart} apart: one split is empty; choose another share");
        using var generator = new Generator((ulong)options.Seed, CPU);
        var order = randperm(count, dtype: ScalarType.Int64, generator: generator);
        return (options.Split == TableSplit.Test ? order.narrow(0, 0, apart) : order.narrow(0, apart, count - apart)).sort().Values;
    }
}
