using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using PluginGan.Host.Reports.Sections;

namespace PluginGan.Host.Reports;

/// <summary>
/// Builds the page: one file that opens from a disk, asks the network for nothing and may not. Its policy names the hashes of its own style and
/// script, so that nothing else in it would run either.
/// </summary>
internal static partial class ReportPage
{
    // uPlot comes first: the others use it.
    private static readonly string[] Styles = ["uPlot.min.css", "page.css", "sections.css", "charts.css"];
    private static readonly string[] Scripts = ["uPlot.iife.min.js", "colours.js", "chart.js", "charts.js", "sheets.js", "page.js"];

    /// <summary>The page of a run.</summary>
    public static string Build(ReportContent content)
    {
        var charts = new ChartData(content);
        Section[] sections =
        [
            new("samples", "Samples", SheetsSection.Of(content)),
            new("scores", "Scores", ScoresSection.Of(content, charts)),
            new("curves", "Curves", CurvesSection.Of(content, charts)),
            new("health", "Health and events", TimelineSection.Of(content)),
            new("pictures", "Pictures of the evaluation", PicturesSection.Of(content.EvaluatorPictures)),
            new("exploration", "Exploration", ExplorationSection.Of(content.Exploration)),
            new("recipe", "Recipe", RecipeSection.Of(content)),
            new("provenance", "Provenance", ProvenanceSection.Of(content)),
        ];
        var shown = sections.Where(section => !section.Body.IsEmpty).ToArray();
        var body = Html.Of($"""
            <a class="skip" href="#samples">Skip to the samples</a>
            {SummarySection.Of(content)}
            <nav aria-label="Sections"><ul>{shown.Select(section => Html.Of($"""<li><a href="#{section.Id}">{section.Title}</a></li>"""))}</ul></nav>
            <main>
            {shown.Select(section => Html.Of($"""
            <section id="{section.Id}" aria-labelledby="{section.Id}-title">
            <h2 id="{section.Id}-title">{section.Title}</h2>
            {section.Body}
            </section>
            """))}
            </main>
            <footer>Written by PluginGan {content.Version} on {Texts.Time(content.Written)}. This page is one file and uses no network.
            Curves are drawn by uPlot (MIT licence, © 2022 Leon Sorokin).</footer>
            """);
        var (style, script) = (Assets(Styles), Assets(Scripts));
        return Fill(new Dictionary<string, string>
        {
            ["style-hash"] = Hash(style),
            ["script-hash"] = Hash(script),
            ["generator"] = Html.Of($"PluginGan {content.Version}").ToString(),
            ["title"] = Html.Of($"{content.Name}").ToString(),
            ["style"] = style,
            ["script"] = script,
            ["body"] = body.ToString(),
            ["data"] = charts.ToJson(),
        });
    }

    // In one pass: what is filled in may itself hold two braces.
    private static string Fill(Dictionary<string, string> values) => Place().Replace(Asset("report.html"), place => values[place.Groups[1].Value]);

    private static string Assets(string[] names) => string.Join('\n', names.Select(Asset));

    // A browser reads line ends as single line feeds before it compares hashes.
    private static string Asset(string name)
    {
        using var stream = typeof(ReportPage).Assembly.GetManifestResourceStream($"report/{name}") ?? throw new InvalidOperationException($"the program lacks its resource '{name}'");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd().ReplaceLineEndings("\n");
    }

    private static string Hash(string text) => $"sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(text)))}";

    [GeneratedRegex("{{([a-z-]+)}}")]
    private static partial Regex Place();

    private sealed record Section(string Id, string Title, Html Body);
}
