namespace PluginGan.Host.Reports.Sections;

/// <summary>The place of a chart, which the page's script draws.</summary>
internal static class ChartFigure
{
    /// <summary>What moves all charts at once; for fingers and keys, since a mouse can draw on the charts themselves.</summary>
    public static Html Tools { get; } = Html.Trusted("""
        <div class="tools" role="group" aria-label="Range of iterations of all charts" hidden>
        <button type="button" data-view="in" aria-label="Zoom in">+</button>
        <button type="button" data-view="out" aria-label="Zoom out">−</button>
        <button type="button" data-view="left" aria-label="Earlier">←</button>
        <button type="button" data-view="right" aria-label="Later">→</button>
        <button type="button" data-view="all">All</button>
        <span class="hint">Drag over a chart to zoom all of them, double click to see all.</span>
        </div>
        """);

    /// <param name="chart">Its number in the data.</param>
    /// <param name="title">What is drawn.</param>
    /// <param name="about">What it tells.</param>
    /// <param name="course">The same in words.</param>
    public static Html Of(int chart, string title, string about, string course) => Html.Of($"""
        <figure class="chart" data-chart="{chart}">
        <figcaption><h3>{title}</h3><button type="button" class="scale" aria-pressed="false" aria-label="Logarithmic scale for {title}" hidden>log</button><p>{about}</p></figcaption>
        <div class="plot" role="img" aria-label="{course}"></div>
        <div class="legend" role="group" aria-label="Lines of {title}"></div>
        </figure>
        """);
}
