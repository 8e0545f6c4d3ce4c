using System.Globalization;

namespace PluginGan.Plugins.Tables;

/// <summary>What the owner of a table is to know of a column before it is learnt.</summary>
internal static class ColumnJudgement
{
    // With fewer steps than this between the smallest and the largest value, equal numbers are no chance.
    private const double FineSteps = 1 << 20;

    // Fewer whole numbers rise by chance.
    private const int FewestNumbered = 10;

    /// <summary>Warnings with their remedies; none for most columns.</summary>
    /// <param name="cells">The cells, without the space around them.</param>
    /// <param name="isCategorical">Whether it is learnt as categories; else as numbers.</param>
    /// <param name="isChosen">Whether the options say so.</param>
    public static IEnumerable<string> Warnings(IReadOnlyList<string> cells, bool isCategorical, bool isChosen)
    {
        double[] numbers;
        string?[] found = isCategorical
            ? [(isChosen ? null : WrittenNumbers(cells)) ?? Identifiers(cells), Spaces(cells)]
            : [LeadingZeros(cells), LostValues(numbers = [.. cells.Select(Number)]) ?? (isChosen || LeadingZeros(cells) is not null ? null : RowNumbers(cells, numbers))];
        return found.OfType<string>();

        static double Number(string cell) => double.Parse(cell, NumberStyles.Float, CultureInfo.InvariantCulture);
    }

    /// <summary>That numbers become equal in the 32 bits that hold them, though the column has few steps; null where they do not.</summary>
    public static string? LostValues(IReadOnlyList<double> numbers)
    {
        var (different, held) = (numbers.Distinct().Count(), numbers.Select(number => (float)number).Distinct().Count());
        var (smallest, largest) = (numbers.Min(), numbers.Max());
        var greatest = (float)Math.Max(Math.Abs(smallest), Math.Abs(largest));
        if (held == different || (largest - smallest) / (MathF.BitIncrement(greatest) - greatest) >= FineSteps)
            return null;
        var near = smallest.ToString(Math.Truncate(smallest) == smallest ? "F0" : "R", CultureInfo.InvariantCulture);
        return $"its {different} different values become {held} in the 32 bits that numbers are held in; "
            + $"subtract a number that is near to all of them first, such as the smallest ({near})";
    }

    private static string? Identifiers(IReadOnlyList<string> cells)
    {
        var different = cells.Distinct().Count();
        return 2 * different > cells.Count
            ? $"{different} different values in {cells.Count} rows are learnt as categories, and generated rows give these very values "
                + "out; name the column in 'ignore' if they identify rows or persons"
            : null;
    }

    private static string? RowNumbers(IReadOnlyList<string> cells, double[] numbers)
    {
        var steps = numbers.Zip(numbers.Skip(1), (first, second) => second - first).ToList();
        var isSteady = steps.All(step => step > 0) || steps.All(step => step < 0);
        return cells.Count < FewestNumbered || !isSteady || numbers.Any(number => number != Math.Truncate(number))
            ? null
            : $"its whole numbers {(steps[0] > 0 ? "rise" : "fall")} from row to row ({string.Join(", ", cells.Take(3))}, ...), "
                + "as row numbers and identifiers do, and are learnt as a quantity; name the column in 'ignore' if they identify rows, or in 'continuous' if they are one";
    }

    private static string? WrittenNumbers(IReadOnlyList<string> cells)
    {
        char[] signs = [',', '$', '€', '£', '%', '\'', ' ', '\u00A0', '\u202F'];
        if (!cells.All(cell => CsvFile.IsNumber(string.Concat(cell.Where(symbol => !signs.Contains(symbol))), out _)))
            return null;
        var present = signs.Where(sign => cells.Any(cell => cell.Contains(sign)))
            .Select(sign => char.IsWhiteSpace(sign) ? "space" : $"'{sign}'").Distinct().ToList();
        return present.Count == 0
            ? null
            : $"its cells would be numbers without {string.Join(", ", present)}, and are learnt as categories; "
                + "write them as 1234.5, or name the column in 'categorical' if they are names";
    }

    private static string? LeadingZeros(IReadOnlyList<string> cells)
    {
        var padded = cells.Where(cell => cell.AsSpan().TrimStart("+-") is ['0', >= '0' and <= '9', ..]).ToList();
        return padded.Count == 0
            ? null
            : $"{padded.Count} of its cells begin with a zero ({padded[0]}) that numbers lose; "
                + "name the column in 'categorical' if they are codes";
    }

    private static string? Spaces(IReadOnlyList<string> cells)
    {
        var alike = cells.Distinct().GroupBy(Bare, StringComparer.Ordinal).FirstOrDefault(group => group.Count() > 1);
        return alike is null
            ? null
            : $"the categories {string.Join(" and ", alike.Select(cell => $"'{cell}'"))} differ by spaces or by how their marks are "
                + "written; write them alike";

        static string Bare(string cell) => string.Concat(CanonicalText.Compose(cell).Where(symbol => !char.IsWhiteSpace(symbol)));
    }
}
