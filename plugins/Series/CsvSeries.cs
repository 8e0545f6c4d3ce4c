using PluginGan.Plugins.Tables;
using static TorchSharp.torch;

namespace PluginGan.Plugins.Series;

/// <summary>Windows of series that CSV files hold.</summary>
internal static class CsvSeries
{
    /// <exception cref="ComponentException">A file is no series of numbers, or too short; the message says where, and what would be right.</exception>
    public static Dataset Open(CsvSeriesOptions options)
    {
        string[] paths = Directory.Exists(options.Path) ? [.. Directory.GetFiles(options.Path, "*.csv").Order(StringComparer.Ordinal)] : [options.Path];
        if (paths.Length == 0)
            throw new ComponentException($"the folder '{options.Path}' holds no .csv files");
        using var scope = NewDisposeScope();
        var (windows, channels) = (new List<Tensor>(), (IReadOnlyList<string>?)null);
        foreach (var path in paths)
        {
            var file = CsvFile.Read(path, options.Header, options.Delimiter);
            channels ??= file.Headings;
            if (!file.Headings.SequenceEqual(channels))
                throw new ComponentException($"'{path}' has the columns {string.Join(", ", file.Headings)}, but '{paths[0]}' has {string.Join(", ", channels)}; all files need the same");
            windows.AddRange(Windows(options, file));
        }
        if (windows.Count == 0)
            throw new ComponentException($"no series of '{options.Path}' has {options.Length} time steps in the split '{options.Split.ToString().ToLowerInvariant()}'; choose a smaller 'length' or another 'testShare'");
        var series = stack(windows);
        string[]? names = Directory.Exists(options.Path) ? [.. paths.Select(path => Path.GetFileName(path))] : null;
        return new TensorDataset(new DataSpec(new SeriesSpec(options.Length, (int)series.shape[2]), ConditionSpec.None), series)
        {
            Sources = [new(Path.GetFullPath(options.Path), names)],
        };
    }

    /// <summary>Windows [Length, Channels] of the part of a file that belongs to the split.</summary>
    private static IEnumerable<Tensor> Windows(CsvSeriesOptions options, CsvFile file)
    {
        var steps = tensor(Numbers(options, file));
        var apart = (int)Math.Round(options.TestShare * file.Rows.Count);
        var (from, to) = options.TestShare == 0 ? (0, file.Rows.Count) : options.Split == SeriesSplit.Test ? (file.Rows.Count - apart, file.Rows.Count) : (0, file.Rows.Count - apart);
        for (var start = from; start + options.Length <= to; start += options.Stride)
            yield return steps.narrow(0, start, options.Length);
    }

    private static float[,] Numbers(CsvSeriesOptions options, CsvFile file)
    {
        if (options.Ignore.FirstOrDefault(name => !file.Headings.Contains(name)) is { } unknown)
            throw new ComponentException($"the option 'ignore' names '{unknown}', but '{file.Path}' has the columns {string.Join(", ", file.Headings)}");
        int[] kept = [.. Enumerable.Range(0, file.Headings.Count).Where(column => !options.Ignore.Contains(file.Headings[column]))];
        if (kept.Length == 0)
            throw new ComponentException($"'{file.Path}': every column is in 'ignore'; leave one at least");
        var values = new float[file.Rows.Count, kept.Length];
        for (var row = 0; row < file.Rows.Count; row++)
        {
            for (var channel = 0; channel < kept.Length; channel++)
            {
                var cell = file.Rows[row][kept[channel]];
                values[row, channel] = CsvFile.IsNumber(cell, out var number)
                    ? (float)number
                    : throw new ComponentException($"'{file.Path}', line {file.Lines[row]}, column '{file.Headings[kept[channel]]}': {(cell.Length == 0 ? "the cell is empty" : $"'{cell}' is no number")}; "
                        + "a channel has one at each time step: mend the cell, or name the column in 'ignore'");
            }
        }
        return values;
    }
}
