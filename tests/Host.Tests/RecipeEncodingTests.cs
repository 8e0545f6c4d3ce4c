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
          "name": "größe", /* ω */
          "dataset": { "name": "points", "count": 64, },
          "architecture": "tiny",
          "objective": "three-networks",
          "training": { "iterations": 3 } // kurz
        }
        """;

    [Test]
    public void A_recipe_is_the_same_in_every_encoding_of_Unicode_that_it_names_itself_and_with_any_line_ends()
    {
        using var folders = new PluginFolders();
        folders.Add("Games");
        using var catalogue = folders.Catalogue();
        Recipe Read(Encoding encoding, string lineEnd = "\n")
        {
            var path = Path.Combine(folders.Root, "recipe.json");
            File.WriteAllText(path, Text.ReplaceLineEndings(lineEnd), encoding);
            return RecipeReading.Compose(path, [], catalogue);
        }
        var expected = Read(new UTF8Encoding(false));

        Assert.Multiple(() =>
        {
            Assert.That(expected.Name, Is.EqualTo("größe"));
            Assert.That(Read(new UTF8Encoding(false), "\r\n"), Is.EqualTo(expected), "CRLF");
            Assert.That(Read(new UTF8Encoding(true)), Is.EqualTo(expected), "a byte order mark");
            Assert.That(Read(new UTF8Encoding(true), "\r\n"), Is.EqualTo(expected), "as Notepad saves it");
            Assert.That(Read(new UnicodeEncoding(bigEndian: false, byteOrderMark: true)), Is.EqualTo(expected), "UTF-16");
            Assert.That(Read(new UnicodeEncoding(bigEndian: true, byteOrderMark: true), "\r\n"), Is.EqualTo(expected), "UTF-16, big end first");
            Assert.That(Read(new UTF32Encoding(bigEndian: false, byteOrderMark: true)), Is.EqualTo(expected), "UTF-32");
            Assert.That(() => Read(new UnicodeEncoding(bigEndian: false, byteOrderMark: false)), Throws.TypeOf<RecipeException>(), "UTF-16 that does not say so");
        });
    }
}
