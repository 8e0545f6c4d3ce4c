using System.Globalization;

namespace PluginGan.Host.Reports;

/// <summary>Samples that are points of a plane.</summary>
/// <param name="Real">Points of the data.</param>
/// <param name="Generated">Points of the model; those that are not finite are left out.</param>
internal sealed record PointCloud(IReadOnlyList<(double X, double Y)> Real, IReadOnlyList<(double X, double Y)> Generated)
{
    /// <summary>Reads points: two numbers in a line.</summary>
    /// <param name="real">The file of the real ones; null where they stand in the other file, before an empty line, as early versions wrote
    /// them.</param>
    /// <param name="generated">The file of the generated ones.</param>
    /// <returns>Null where it is anything else.</returns>
    public static PointCloud? Read(string? real, string generated)
    {
        List<(double, double)>[] sections = [[], []];
        var section = 0;
        foreach (var line in real is null ? File.ReadLines(generated) : File.ReadLines(real).Append("").Concat(File.ReadLines(generated)))
        {
            if (line.Length == 0 && section++ == 1)
                return null;
            if (line.Length == 0)
                continue;
            if (Parse(line) is not { } point)
                return null;
            if (double.IsFinite(point.X) && double.IsFinite(point.Y))
                sections[section].Add(point);
        }
        return section == 1 && sections[0].Count > 0 ? new PointCloud(sections[0], sections[1]) : null;
    }

    private static (double X, double Y)? Parse(string line) =>
        line.Split(',') is [var first, var second] && Number(first) is { } x && Number(second) is { } y ? (x, y) : null;

    private static double? Number(string text) => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) ? value : null;
}
