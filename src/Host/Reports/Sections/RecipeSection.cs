namespace PluginGan.Host.Reports.Sections;

/// <summary>The recipe as it was resolved, to look at and to copy.</summary>
internal static class RecipeSection
{
    public static Html Of(ReportContent content) => Html.Of($"""
        <p class="about">As resolved: every default is written out. Saved as a file, it trains the same model again.</p>
        <div class="code"><button type="button" class="copy" data-copy="recipe-text" hidden>Copy</button><pre id="recipe-text" tabindex="0" aria-label="Recipe">{content.Recipe.Text}</pre></div>
        """);
}
