using System.Globalization;
using System.Net;
using System.Runtime.CompilerServices;
using System.Text;

namespace PluginGan.Host.Reports;

/// <summary>Markup. Whatever is put into its holes that is not markup itself is text, and escaped: a run by the name of <c>&lt;script&gt;</c> is a name.</summary>
internal sealed class Html
{
    private readonly string markup;

    private Html(string markup) => this.markup = markup;

    public static Html Empty { get; } = new("");

    public bool IsEmpty => markup.Length == 0;

    /// <summary>The markup of an interpolated string.</summary>
    public static Html Of(Template template) => new(template.Markup);

    /// <summary>The pieces one after the other.</summary>
    public static Html Join(params IEnumerable<Html> pieces) => new(string.Concat(pieces.Select(piece => piece.markup)));

    /// <summary>Text that is markup already: for what comes with the program.</summary>
    public static Html Trusted(string markup) => new(markup);

    public override string ToString() => markup;

    /// <summary>Builds markup from the literals and the holes of an interpolated string.</summary>
    [InterpolatedStringHandler]
    internal readonly struct Template
    {
        private readonly StringBuilder text;

        public Template(int literals, int holes) => text = new StringBuilder(literals + (holes * 16));

        public string Markup => text.ToString();

        public void AppendLiteral(string literal) => text.Append(literal);

        public void AppendFormatted(Html? piece) => text.Append(piece?.markup);

        public void AppendFormatted(IEnumerable<Html> pieces) => text.AppendJoin("", pieces.Select(piece => piece.markup));

        public void AppendFormatted(string? value) => text.Append(WebUtility.HtmlEncode(value));

        public void AppendFormatted(long value) => text.Append(value.ToString(CultureInfo.InvariantCulture));
    }
}
