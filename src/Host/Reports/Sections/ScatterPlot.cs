using System.Globalization;

namespace PluginGan.Host.Reports.Sections;

/// <summary>Real and generated points of a plane as a drawing.</summary>
internal static class ScatterPlot
{
    private const double Size = 600;

    // How much is seen around the real points: generated ones go astray.
    private const double Margin = 0.25;

    /// <param name="cloud">The points.</param>
    /// <param name="frame">The points by which the drawing is framed: with those of one sheet for all, a slider shows what moves.</param>
    /// <param name="label">What is seen.</param>
    public static Html Of(PointCloud cloud, PointCloud frame, string label)
    {
        var (left, right) = (frame.Real.Min(point => point.X), frame.Real.Max(point => point.X));
        var (low, high) = (frame.Real.Min(point => point.Y), frame.Real.Max(point => point.Y));
        // One scale for both axes: distances are to be seen as they are.
        var scale = Size / Math.Max(Math.Max(right - left, high - low) * (1 + (2 * Margin)), double.Epsilon * 1e10);
        Html Dots(IEnumerable<(double X, double Y)> points, string style) => Html.Join(points
            .Select(point => (X: (Size / 2) + ((point.X - ((left + right) / 2)) * scale), Y: (Size / 2) - ((point.Y - ((low + high) / 2)) * scale)))
            .Where(point => point is { X: >= 0 and <= Size, Y: >= 0 and <= Size })
            .Select(point => Html.Of($"""<circle class="{style}" cx="{Text(point.X)}" cy="{Text(point.Y)}" r="4"/>""")));
        return Html.Of($"""
            <svg class="scatter" viewBox="0 0 {(long)Size} {(long)Size}" role="img" aria-label="{label}">{Dots(cloud.Real, "real")}{Dots(cloud.Generated, "generated")}</svg>
            <p class="key"><span class="real">real, {Texts.Count(cloud.Real.Count)}</span> <span class="generated">generated, {Texts.Count(cloud.Generated.Count)}</span></p>
            """);
    }

    private static string Text(double value) => value.ToString("0.#", CultureInfo.InvariantCulture);
}
