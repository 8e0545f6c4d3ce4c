namespace PluginGan.Host.Reports.Sections;

/// <summary>The samples over time, one at a time, with a slider. Without scripts the last is seen.</summary>
internal static class SheetsSection
{
    public static Html Of(ReportContent content)
    {
        var (sheets, found) = (content.Sheets.Sheets, content.Sheets.Found);
        if (sheets.Count == 0)
            return Html.Of($"""<p class="empty">The run has written no samples{(content.Summary.Iteration == 0 ? " yet" : "")}.</p>""");
        return Html.Of($"""
            <div class="sheets">
            <div class="viewer">{sheets.Select((sheet, index) => Of(sheet, sheets[^1].Points, index == sheets.Count - 1))}</div>
            {(sheets.Count > 1 ? Slider(sheets) : Html.Empty)}
            </div>
            <p class="about">{About(sheets)}{(found > sheets.Count ? $" Of {Texts.Count(found)} sheets this page holds {sheets.Count}, evenly chosen; all are in the run's folder." : "")}</p>
            """);
    }

    private static Html Of(Sheet sheet, PointCloud? frame, bool last)
    {
        var hidden = Html.Trusted(last ? "" : " hidden");
        var caption = Html.Of($"""<figcaption>Iteration {Texts.Count(sheet.Iteration)}</figcaption>""");
        if (sheet.Picture is { } picture)
            return Html.Of($"""
                <figure class="sheet"{hidden}>{caption}<img class="{picture.Style}" src="{picture.Address}" width="{picture.Width * picture.Scale}" height="{picture.Height * picture.Scale}" alt="{Alternative(sheet)}"></figure>
                """);
        if (sheet.Points is { } points && frame is not null)
            return Html.Of($"""
                <figure class="sheet"{hidden}>{caption}{ScatterPlot.Of(points, frame, $"Real and generated points after iteration {sheet.Iteration}")}</figure>
                """);
        return Html.Of($"""
            <figure class="sheet"{hidden}>{caption}<pre tabindex="0" aria-label="{Alternative(sheet)}">{sheet.Text?.Text}{(sheet.Text?.Whole == false ? "…" : "")}</pre></figure>
            """);
    }

    private static Html Slider(IReadOnlyList<Sheet> sheets) => Html.Of($"""
        <div class="slider">
        <button type="button" class="play" aria-pressed="false" aria-label="Play the sheets one after the other"><span aria-hidden="true">▶</span></button>
        <input type="range" min="0" max="{sheets.Count - 1}" value="{sheets.Count - 1}" step="1" aria-label="Sheet" aria-valuetext="Iteration {sheets[^1].Iteration}">
        <output>{sheets.Count} / {sheets.Count}</output>
        </div>
        """);

    private static string About(IReadOnlyList<Sheet> sheets) => sheets[^1].Picture is not null
        ? "Real samples stand above generated ones, in a translation below their sources. The generated ones have the same latents at every iteration."
        : sheets[^1].Points is not null ? "Real and generated points, which have the same latents at every iteration. What lies far from all real ones is outside."
        : sheets[^1].Real is { } real ? $"The head of each file of generated samples, which have the same latents at every iteration. Real ones are in samples/{real}."
        : "The head of each file. Real samples stand above generated ones, which have the same latents at every iteration.";

    private static string Alternative(Sheet sheet) => sheet.Real is not null ? $"Generated samples after iteration {sheet.Iteration}" : $"Real samples above generated samples after iteration {sheet.Iteration}";
}
