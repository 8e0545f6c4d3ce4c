using NUnit.Framework;
using PluginGan.Host.Reports;

namespace PluginGan.Host.Tests;

/// <summary>Text never becomes markup.</summary>
public class HtmlTests
{
    [Test]
    public void Text_is_escaped_and_markup_is_not()
    {
        var name = "<b title=\"x\" class='y'> & more";
        var inner = Html.Of($"<i>{name}</i>");

        Assert.That(Html.Of($"<p id=\"{name}\">{inner}{new[] { inner, inner }}{12L}{(string?)null}</p>").ToString(), Is.EqualTo(
            "<p id=\"&lt;b title=&quot;x&quot; class=&#39;y&#39;&gt; &amp; more\">"
            + string.Concat(Enumerable.Repeat("<i>&lt;b title=&quot;x&quot; class=&#39;y&#39;&gt; &amp; more</i>", 3)) + "12</p>"));
    }

    [TestCase(0, "0")]
    [TestCase(-1.5, "−1.5")]
    [TestCase(1e-7, "1E−07")]
    [TestCase(12345.6, "12\u202F346")]
    [TestCase(double.NaN, "NaN")]
    [TestCase(double.NegativeInfinity, "−∞")]
    public void Numbers_are_as_long_as_a_person_reads_them(double value, string text) => Assert.That(Texts.Number(value), Is.EqualTo(text));
}
