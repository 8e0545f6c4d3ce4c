using System.Globalization;
using System.Text;
using CsvHelper;
using CsvHelper.Configuration;

namespace PluginGan.Plugins.Tables;

/// <summary>The cells of a CSV file (RFC 4180): quoted cells may hold delimiters and line breaks, lines end as they like, empty lines (within a single column: those at the end) and a byte order mark are passed over.</summary>
/// <param name="Path">Where it lies, for messages.</param>
/// <param name="Headings">A name for each column.</param>
/// <param name="Rows">Cells by row, as many in each as there are headings, without the space around them.</param>
/// <param name="Lines">The line of the file, counted from 1, on which each row ends.</param>
internal sealed record CsvFile(string Path, IReadOnlyList<string> Headings, IReadOnlyList<string[]> Rows, IReadOnlyList<int> Lines)
{
    // Not UTF-8 is an error: a wrongly read name would become a category of its own.
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    // A cell as an object of its own, and as a number here and in libtorch.
    private const int BytesForCell = 56;
    private const int SampleLength = 1 << 16;

    /// <exception cref="ComponentException">The file cannot be read, or is no table; the message says where.</exception>
    public static CsvFile Read(string path, bool header, string delimiter) => Read(path, header, delimiter, DataMemory.Available());

    /// <param name="path">The file.</param>
    /// <param name="header">Whether its first line names the columns.</param>
    /// <param name="delimiter">What stands between two cells.</param>
    /// <param name="memory">The bytes that it may take.</param>
    /// <exception cref="ComponentException">The file cannot be read, or is no table; the message says where.</exception>
    public static CsvFile Read(string path, bool header, string delimiter, long memory)
    {
        if (delimiter.Length != 1 || delimiter is "\"" or "\n" or "\r")
            throw new ComponentException($"the option 'delimiter' is '{delimiter}'; it must be one character, such as \",\", \";\" or \"\\t\"");
        try
        {
            using var file = DataFile.Open(path);
            var bytes = Estimate(file, (byte)delimiter[0]);
            DataMemory.Require(bytes, $"the table '{path}'", "take a part of its rows, or fewer columns", memory);
            using var reader = new StreamReader(file, Strict);
            return Read(path, reader, header, delimiter);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or ArgumentException)
        {
            var reason = error is DecoderFallbackException ? "it is not in UTF-8; save it in that encoding" : error.Message;
            throw new ComponentException($"'{path}' cannot be read: {reason}", error);
        }
    }

    /// <summary>The bytes that a file takes as cells, by its length and how many cells its beginning has.</summary>
    private static double Estimate(FileStream file, byte delimiter)
    {
        var start = new byte[Math.Min(SampleLength, file.Length)];
        file.ReadExactly(start);
        file.Position = 0;
        var cells = start.AsSpan().Count(delimiter) + start.AsSpan().Count((byte)'\n') + 1.0;
        return 4.0 * file.Length + BytesForCell * cells * file.Length / Math.Max(1, start.Length);
    }

    private static CsvFile Read(string path, TextReader reader, bool header, string delimiter)
    {
        using var parser = new CsvParser(reader, new CsvConfiguration(CultureInfo.InvariantCulture)
        {
            Delimiter = delimiter,
            // A tab is a delimiter before it is space.
            TrimOptions = TrimOptions.None,
            IgnoreBlankLines = false,
            BadDataFound = bad => throw new ComponentException($"'{path}', line {bad.Context.Parser!.RawRow}: a quote stands within a cell that is not quoted; put the cell into quotes and double those within it"),
        });
        var (rows, lines) = (new List<string[]>(), new List<int>());
        string[]? headings = null;
        while (parser.Read())
        {
            string[] cells = [.. parser.Record!.Select(cell => cell.Trim())];
            if (cells.Any(cell => cell.Contains('\0')))
            {
                throw new ComponentException(
                    $"'{path}', line {parser.RawRow}: there is a zero byte, as in UTF-16 without a byte order mark; save it in UTF-8");
            }
            // In a table of one column an empty line is a row whose cell is empty.
            if (cells is [""] && headings is not [_])
                continue;
            if (headings is null)
            {
                headings = header ? Named(path, cells) : [.. cells.Select((_, column) => $"column{column + 1}")];
                if (header)
                    continue;
            }
            if (cells.Length != headings.Length)
            {
                throw new ComponentException($"'{path}', line {parser.RawRow}: there are {cells.Length} cells, "
                    + $"but the table has {headings.Length} columns; "
                    + $"mend the line, or the option 'delimiter' (now '{delimiter}'){Hint(header ? headings[0] : rows[0][0])}");
            }
            rows.Add(cells);
            lines.Add(parser.RawRow);
        }
        while (rows is [.., [""]])
            rows.RemoveAt(rows.Count - 1);
        CheckDelimiter(path, header ? headings : rows.FirstOrDefault(), rows);
        return rows.Count > 0 && headings is not null
            ? new CsvFile(path, headings, rows, lines)
            : throw new ComponentException($"'{path}' has no rows{(headings is null ? "" : " below its headings; if the first line is a row, set 'header' to false")}");
    }

    // One column, in each of whose lines another delimiter stands equally often, is several columns.
    private static void CheckDelimiter(string path, string[]? first, List<string[]> rows)
    {
        if (first is [var line] && Other(line) is { } other && rows.All(row => Times(row[0], other) == Times(line, other)))
            throw new ComponentException($"'{path}' has one column, '{line}'{Hint(line)}");

        static int Times(string text, char symbol) => text.AsSpan().Count(symbol);
    }

    private static string Hint(string line) =>
        Other(line) is { } other ? $"; its lines hold '{Shown(other)}': set 'delimiter' to \"{Shown(other)}\"" : "";

    private static char? Other(string line) => line.IndexOfAny([';', '\t', '|']) is >= 0 and var at ? line[at] : null;

    private static string Shown(char delimiter) => delimiter == '\t' ? "\\t" : delimiter.ToString();

    private static string[] Named(string path, string[] cells)
    {
        if (Array.FindIndex(cells, cell => cell.Length == 0) is >= 0 and var nameless)
            throw new ComponentException($"'{path}', line 1: column {nameless + 1} has no name; name it, or set 'header' to false");
        return cells.GroupBy(cell => cell).FirstOrDefault(group => group.Count() > 1) is { } twice
            ? throw new ComponentException($"'{path}', line 1: two columns are called '{twice.Key}'; rename one, or set 'header' to false")
            : cells;
    }

    /// <summary>The number in a cell: finite, with a point, independent of where the machine stands.</summary>
    public static bool IsNumber(string cell, out double number) => double.TryParse(cell, NumberStyles.Float, CultureInfo.InvariantCulture, out number) && double.IsFinite(number) && Math.Abs(number) <= float.MaxValue;
}
