using Microsoft.Extensions.Logging;
using PluginGan.Plugins.Tables;
using static TorchSharp.torch;

namespace PluginGan.Plugins.Series;

/// <summary>Windows of series that CSV files hold.</summary>
internal static class CsvSeries
{
    public const string Name = "csv-series";

    private const int Shown = 10;

    /// <exception cref="ComponentException">A file is no series of numbers, or too short; the message says where, and what would be right.</exception>
    public static Dataset Open(CsvSeriesOptions options, ComponentContext context)
    {
        var source = Path.GetFullPath(options.Path);
        string[] paths = Directory.Exists(source) ? [.. Directory.GetFiles(source, "*.csv").OrderBy(CanonicalText.Compose, StringComparer.Ordinal)] : [source];
        if (paths.Length == 0)
            throw new ComponentException($"the folder '{source}' holds no .csv files");
        using var scope = NewDisposeScope();
        var (windows, channels) = (new List<Tensor>(), (IReadOnlyList<string>?)null);
        var (tooShort, doubts) = (new List<string>(), new Dictionary<string, string>(StringComparer.Ordinal));
        foreach (var path in paths)
        {
            var file = CsvFile.Read(path, options.Header, options.Delimiter);
            channels ??= file.Headings;
            if (!file.Headings.SequenceEqual(channels))
                throw new ComponentException($"'{path}' has the columns {string.Join(", ", file.Headings)}, but '{paths[0]}' has {string.Join(", ", channels)}; all files need the same");
            var before = windows.Count;
            windows.AddRange(Windows(options, file));
            if (windows.Count == before)
                tooShort.Add($"{Path.GetFileName(path)} ({file.Rows.Count} steps)");
            AddDoubts(doubts, options, file);
        }
        if (windows.Count == 0)
            throw new ComponentException($"no series of '{source}' has {options.Length} time steps in the split '{options.Split.ToString().ToLowerInvariant()}'; choose a smaller 'length' or another 'testShare'");
        if (options.Split == SeriesSplit.Train)
            Warn(context.LoggerFactory.CreateLogger(Name), options, tooShort, paths.Length, doubts.Values);
        DataMemory.Require(
            4.0 * windows.Count * options.Length * channels!.Count,
            $"'{source}': {windows.Count} windows of {options.Length} time steps",
            "choose a larger 'stride' or a smaller 'length'",
            DataMemory.Available());
        var series = stack(windows);
        string[]? names = Directory.Exists(options.Path) ? [.. paths.Select(path => Path.GetFileName(path))] : null;
        return new TensorDataset(new DataSpec(new SeriesSpec(options.Length, (int)series.shape[2]), ConditionSpec.None), series)
        {
            Sources = [new(Path.GetFullPath(options.Path), names)],
        };
    }

    // Channels whose values 32 bits do not hold apart, each by the first file in which that is so.
    private static void AddDoubts(Dictionary<string, string> doubts, CsvSeriesOptions options, CsvFile file)
    {
        foreach (var (column, heading) in file.Headings.Index())
        {
            if (options.Ignore.Contains(heading) || doubts.ContainsKey(heading))
                continue;
            double[] numbers = [.. file.Rows.Select(row => CsvFile.IsNumber(row[column], out var number) ? number : 0)];
            if (ColumnJudgement.LostValues(numbers) is { } doubt)
                doubts.Add(heading, $"'{file.Path}', column '{heading}': {doubt}");
        }
    }

    private static void Warn(ILogger logger, CsvSeriesOptions options, List<string> tooShort, int files, IEnumerable<string> doubts)
    {
        if (tooShort.Count > 0)
        {
            var names = string.Join(", ", tooShort.Take(Shown)) + (tooShort.Count > Shown ? ", …" : "");
            logger.LogWarning(
                "'{Path}': {Short} of {Files} series are shorter than 'length' ({Length}) in this split and are left out: {Names}; "
                + "choose a smaller 'length' to learn from them",
                options.Path, tooShort.Count, files, options.Length, names);
        }
        foreach (var doubt in doubts)
            logger.LogWarning("{Doubt}", doubt);
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
