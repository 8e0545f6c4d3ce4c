using System.Security.Cryptography;
using System.Text;
using NUnit.Framework;

namespace PluginGan.Abstractions.Tests;

/// <summary>Composition as Python's unicodedata does it; <c>src/Abstractions/Text/canonical.py</c> printed the hashes.</summary>
public sealed class CanonicalTextTests
{
    private const string Letters = "aeouAEOUsSqd가각\u1100\u1161\u11a8\u0905\u093c\u0915";
    private static readonly int[] Marks = [.. Enumerable.Range(0x300, 0x70), 0x05B0, 0x093C, 0x0F71, 0x0F72, 0x3099, 0x302A, 0x1161, 0x11A8, 0x212B, 0x0958];

    [TestCase("cafe\u0301", "café")]
    [TestCase("Grün", "Grün")]
    [TestCase("q\u0307\u0323", "q\u0323\u0307", Description = "marks in the order of their classes")]
    [TestCase("s\u0323\u0307", "ṩ")]
    [TestCase("\u212B", "Å", Description = "Ångström's sign is the letter")]
    [TestCase("\u1112\u1161\u11AB", "한")]
    [TestCase("\u0958", "\u0915\u093C", Description = "never composed again")]
    [TestCase("e\ud800\u0301", "e\ud800\u0301", Description = "half a pair stays and separates")]
    [TestCase("", "")]
    public void Letters_and_their_marks_become_one(string text, string composed) => Assert.That(CanonicalText.Compose(text), Is.EqualTo(composed));

    [Test]
    public void Every_code_point_composes_as_in_Python() => Assert.That(
        Sha(Enumerable.Range(0, 0x110000).Where(code => code is < 0xD800 or > 0xDFFF).Select(char.ConvertFromUtf32)), Is.EqualTo("900f12a0fd5b368b56e972d9dcc9cc0584951930f9d9724d079e44f36f332796"));

    [Test]
    public void Letters_with_any_marks_compose_as_in_Python() =>
        Assert.That(Sha(Drawn()), Is.EqualTo("5af098d5edb92e9fda2340f1e70c8ec07ccb63482cfa6452a4fbf333a0bfac1a"));

    [Test]
    public void A_class_is_found_whichever_way_its_name_is_written()
    {
        var classes = new ClassCondition(["Apfel", "a\u0308rger"]);
        Assert.That(new[] { "ärger", "ÄRGER", "A\u0308rger", "apfel", "arger" }.Select(classes.IndexOf), Is.EqualTo(new[] { 1, 1, 1, 0, -1 }));
    }

    private static IEnumerable<string> Drawn()
    {
        var state = 1L;
        for (var number = 0; number < 3000; number++)
        {
            var text = "";
            for (var place = 0; place < 6; place++)
            {
                state = (state * 1103515245 + 12345) % (1L << 31);
                text += place % 3 == 0 ? Letters[(int)((state >> 8) % Letters.Length)].ToString() : char.ConvertFromUtf32(Marks[(state >> 8) % Marks.Length]);
            }
            yield return text;
        }
    }

    private static string Sha(IEnumerable<string> texts) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', texts.Select(CanonicalText.Compose)))));
}
