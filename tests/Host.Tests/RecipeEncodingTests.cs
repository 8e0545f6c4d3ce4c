using System.Text;
using NUnit.Framework;
using PluginGan.Core;
using PluginGan.Host.Runs;

namespace PluginGan.Host.Tests;

/// <summary>Recipes as editors on all systems save them.</summary>
public sealed class RecipeEncodingTests
{
    private const string Text = """
        // Größen in Blöcken von 16
        {
          "name": "blocks", /* ω */
          "dataset": { "name": "points", "count": 64, },
          "architecture": "tiny",
          "objective": "three-networks",
          "training": { "iterations": 3 } // kurz
        }
        """;

    private static readonly (string Name, Encoding Encoding)[] Encodings =
    [
        ("no byte order mark", new UTF8Encoding(false)),
        ("a byte order mark", new UTF8Encoding(true)),
        ("UTF-16", new UnicodeEncoding(bigEndian: false, byteOrderMark: true)),
        ("UTF-16, big end first", new UnicodeEncoding(bigEndian: true, byteOrderMark: true)),
        ("UTF-32", new UTF32Encoding(bigEndian: false, byteOrderMark: true)),
    ];

    [Test]
    public void A_recipe_is_the_same_in_every_encoding_of_Unicode_that_it_names_itself_and_with_any_line_ends()
    {
        using var folders = new PluginFolders();
        folders.Add("Games");
        using var catalogue = folders.Catalogue();
        Recipe Read(Encoding encoding, string text)
        {
            var path = Path.Combine(folders.Root, "recipe.json");
            File.WriteAllText(path, text, encoding);
            return RecipeReading.Compose(path, [], catalogue);
        }
        var expected = Read(Encodings[0].Encoding, Text);
        var named = Text.Replace("blocks", "größe", StringComparison.Ordinal);

        Assert.Multiple(() =>
        {
            Assert.That(expected.Name, Is.EqualTo("blocks"));
            foreach (var (name, encoding) in Encodings)
            {
                Assert.That(Read(encoding, Text), Is.EqualTo(expected), name);
                Assert.That(Read(encoding, Text.ReplaceLineEndings("\r\n")), Is.EqualTo(expected), $"{name}, CRLF");
                Assert.That(() => Read(encoding, named), Throws.TypeOf<RecipeException>().With.Message.Contains("'größe' cannot name a run's folder"), name);
            }
            var unmarked = new UnicodeEncoding(bigEndian: false, byteOrderMark: false);
            Assert.That(() => Read(unmarked, Text), Throws.TypeOf<RecipeException>(), "UTF-16 that does not say so");
        });
    }
}
