namespace PluginGan.Host.Reports.Sections;

/// <summary>Pictures with their titles.</summary>
internal static class PicturesSection
{
    /// <summary>Empty where there are none.</summary>
    public static Html Of(IReadOnlyList<Picture> pictures) => pictures.Count == 0 ? Html.Empty : Html.Of($"""<div class="pictures">{pictures.Select(Of)}</div>""");

    private static Html Of(Picture picture) => Html.Of($"""
        <figure><figcaption><h3>{picture.Title}</h3><p>{picture.Text}</p></figcaption><img class="{picture.Style}" src="{picture.Address}" width="{picture.Width * picture.Scale}" height="{picture.Height * picture.Scale}" alt="{picture.Title}. {picture.Text}" loading="lazy"></figure>
        """);
}
