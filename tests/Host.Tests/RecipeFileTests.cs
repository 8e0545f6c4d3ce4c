using System.Text;
using NUnit.Framework;
using PluginGan.Core;
using PluginGan.Host.Runs;

namespace PluginGan.Host.Tests;

public class RecipeFileTests
{
    private const string Text = "{ \"name\": \"tür\" }";

    [TestCase("utf-8")]
    [TestCase("utf-16")]
    [TestCase("utf-16BE")]
    public void What_a_mark_or_utf_8_says_is_read(string encoding)
    {
        using var folder = new InProcess();
        File.WriteAllText("recipe.json", Text, Encoding.GetEncoding(encoding));
        File.WriteAllBytes("plain.json", Encoding.UTF8.GetBytes(Text));

        Assert.That(RecipeFile.Read("recipe.json"), Is.EqualTo(Text));
        Assert.That(RecipeFile.Read("plain.json"), Is.EqualTo(Text));
    }

    [Test]
    public void Another_encoding_is_refused_by_its_first_byte()
    {
        using var folder = new InProcess();
        File.WriteAllBytes("recipe.json", Encoding.Latin1.GetBytes($"// ein\n{Text}"));

        var answer = folder.Run("train", "recipe.json");

        Assert.That(answer.Code, Is.EqualTo(ExitCode.BadUsage));
        Assert.That(answer.Errors.Trim(), Is.EqualTo("error: recipe.json: cannot read 'recipe.json': "
            + "it is not in UTF-8 (line 2, byte 0xFC); save it in that encoding"));
    }

    [TestCase("mkfifo pipe.json", "pipe.json", "is a pipe (FIFO); name a JSON file")]
    [TestCase("true", "/dev/zero", "is a device; name a JSON file")]
    [Platform("Linux")]
    public void What_would_keep_its_reader_waiting_is_refused(string prepare, string path, string expected)
    {
        using var folder = new InProcess();
        System.Diagnostics.Process.Start("sh", ["-c", prepare]).WaitForExit();
        File.WriteAllText("child.json", $$"""{ "extends": "{{path}}" }""");

        foreach (var recipe in (string[])[path, "child.json"])
        {
            var answer = folder.Run("train", recipe);
            Assert.That(answer.Code, Is.EqualTo(ExitCode.BadUsage));
            Assert.That(answer.Errors, Does.Contain(expected));
        }
    }

    [Test]
    public void A_folder_and_a_file_of_megabytes_are_refused()
    {
        using var folder = new InProcess();
        File.WriteAllText("recipe.json", new string(' ', Recipes.Longest + 1));

        Assert.That(folder.Run("train", "recipe.json").Errors, Does.Contain($"it has more than {Recipes.Longest} bytes"));
        Assert.That(folder.Run("train", ".").Errors, Does.Contain("is a folder; name a JSON file"));
    }
}
