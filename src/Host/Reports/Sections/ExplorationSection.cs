namespace PluginGan.Host.Reports.Sections;

/// <summary>What <c>explore</c> has written.</summary>
internal static class ExplorationSection
{
    public static Html Of(Exploration exploration) => exploration.Pictures.Count == 0 ? Html.Empty : Html.Of($"""
        <p class="about">The model as it was after iteration {Texts.Count(exploration.Iteration ?? 0)}.</p>
        {PicturesSection.Of(exploration.Pictures)}
        """);
}
