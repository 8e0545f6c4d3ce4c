using System.ComponentModel;
using System.Diagnostics;
using System.Security.Cryptography;
using System.Text.Json;
using NUnit.Framework;

namespace PluginGan.EndToEnd.Tests;

/// <summary>Images that the product has written say where they come from, to other programs too.</summary>
public class ProvenanceTests
{
    private const string Source = "http://cv.iptc.org/newscodes/digitalsourcetype/";

    private const string Images = """
        {
          "name": "images",
          "dataset": { "name": "fashion-mnist-10k" },
          "architecture": { "name": "dcgan", "width": 4 },
          "loss": "hinge",
          "training": { "iterations": 4, "batch": 8, "snapshotEvery": 4, "checkpointEvery": 4, "ema": { "halfLifeKimg": 0.1 } }
        }
        """;

    private Product product = null!;
    private string run = null!;

    [OneTimeSetUp]
    public void Train()
    {
        product = new Product();
        product.File("recipe.json", Images);
        var outcome = product.Run("train", "recipe.json");
        Assert.That(outcome.ExitCode, Is.Zero, outcome.ToString());
        run = product.OnlyRun();
    }

    [OneTimeTearDown]
    public void Leave() => product.Dispose();

    [Test]
    public void Exiftool_reads_what_a_training_and_sample_wrote()
    {
        var sampled = product.Run("sample", "images", "--count", "2", "--out", "generated/");
        Assert.That(sampled.ExitCode, Is.Zero, sampled.ToString());
        var version = product.Run("doctor", "--json").Output;

        var sheet = Exiftool(Path.Combine(run, "samples", "0000004.png"));
        var image = Exiftool(Path.Combine(product.Folder, "generated", "00001.png"));

        // The sheet was drawn from the weights that were written at the same iteration.
        var weights = Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(Path.Combine(run, "generator.safetensors"))));
        Assert.Multiple(() =>
        {
            Assert.That(Text(sheet, "DigitalSourceType"), Is.EqualTo($"{Source}compositeWithTrainedAlgorithmicMedia"), "it shows real rows");
            Assert.That(Text(image, "DigitalSourceType"), Is.EqualTo($"{Source}trainedAlgorithmicMedia"));
            foreach (var file in new[] { sheet, image })
            {
                Assert.That(Text(file, "CreatorTool"), Does.StartWith("PluginGan "));
                Assert.That(version, Does.Contain(Text(file, "CreatorTool").Split(' ')[1]));
                Assert.That(Text(file, "Run"), Is.EqualTo(Path.GetFileName(run)));
                Assert.That(Text(file, "ModelSha256"), Is.EqualTo(weights));
                Assert.That(file.TryGetProperty("Warning", out _), Is.False);
            }
        });
    }

    [Test]
    public void Explorations_say_what_made_them_in_animated_images_too()
    {
        var explored = product.Run("explore", "images", "--only", "interpolation", "--count", "2", "--steps", "3", "--json");
        Assert.That(explored.ExitCode, Is.Zero, explored.ToString());
        var pictures = Directory.GetFiles(Path.Combine(run, "explore"), "*.png");

        Assert.That(pictures.Select(Exiftool), Is.Not.Empty.And.All.Matches<JsonElement>(file => Text(file, "DigitalSourceType") == $"{Source}trainedAlgorithmicMedia" && Text(file, "Run") == Path.GetFileName(run)));
        Assert.That(pictures.Select(Exiftool).Any(file => file.TryGetProperty("AnimationFrames", out _)), "one is animated");
    }

    [Test]
    public void A_watermark_is_found_with_its_key_alone_in_single_images_and_on_a_sheet()
    {
        var secret = product.File("secret.txt", "the key\n");
        var singles = product.Run("sample", "images", "--count", "3", "--out", "marked/", "--watermark", "the key", "--json");
        var sheet = product.Run("sample", "images", "--count", "30", "--out", "marked.png", "--watermark", $"file:{secret}");
        Assert.That(singles.ExitCode, Is.Zero, singles.ToString());
        Assert.That(sheet.ExitCode, Is.Zero, sheet.ToString());
        Assert.That(JsonDocument.Parse(singles.Output).RootElement.GetProperty("watermarkPsnr").GetDouble(), Is.GreaterThanOrEqualTo(38));
        string[] files = ["marked/00000.png", "marked/00002.png", "marked.png"];

        var right = product.Run(["verify-image", .. files, "--key", $"file:{secret}", "--json"]);
        var wrong = product.Run(["verify-image", .. files, "--key", "another", "--json"]);
        var plain = product.Run("verify-image", "marked.png", "--key", "the key");

        Assert.That(right.ExitCode, Is.Zero, right.ToString());
        Assert.That(Answers(right).Select(file => file.GetProperty("watermark").GetProperty("present").GetBoolean()), Is.All.True);
        Assert.That(Answers(right).Select(file => file.GetProperty("watermark").GetProperty("falseAlarm").GetDouble()), Is.All.LessThan(1e-6));
        Assert.That(Answers(right).Select(file => file.GetProperty("provenance").GetProperty("run").GetString()), Is.All.EqualTo(Path.GetFileName(run)));
        Assert.That(Answers(wrong).Select(file => file.GetProperty("watermark").GetProperty("present").GetBoolean()), Is.All.False);
        Assert.That(plain.Output, Does.Contain("present, score").And.Contain("trainedAlgorithmicMedia"));
    }

    [Test]
    public void Files_that_cannot_be_read_are_named_and_the_others_verified()
    {
        var text = product.File("text.png", "no image");
        product.File("nothing.png", "");

        var outcome = product.Run("verify-image", text, "nothing.png", "missing.png", Path.Combine(run, "samples", "0000004.png"), "--key", "k");

        Assert.That(outcome.ExitCode, Is.EqualTo(1), outcome.ToString());
        Assert.That(outcome.Errors, Does.Match("text.png: .*not an image").And.Match("nothing.png: .*not an image").And.Contain("missing.png"));
        Assert.That(outcome.Output, Does.Contain("absent, score").And.Contain("compositeWithTrainedAlgorithmicMedia"));
    }

    [Test]
    public void A_key_that_is_not_there_is_refused()
    {
        product.File("empty.txt", "");
        foreach (var (key, reason) in new[]
        {
            ("env:", "not set"), ("file:empty.txt", "empty"), ("file:missing.txt", "missing.txt"), ("env:PLUGINGAN_NO_SUCH_KEY", "PLUGINGAN_NO_SUCH_KEY"),
        })
        {
            var outcome = product.Run("sample", "images", "--watermark", key);

            Assert.That(outcome.ExitCode, Is.EqualTo(2), outcome.ToString());
            Assert.That(outcome.Errors, Does.Contain("--watermark").And.Contain(reason));
        }
    }

    [Test]
    public void Only_images_can_be_watermarked()
    {
        using var points = new Product().With("Games");
        points.File("recipe.json", Recipe.Tiny);
        points.Run("train", "recipe.json");

        var outcome = points.Run("sample", "tiny", "--watermark", "k");

        Assert.That(outcome.ExitCode, Is.EqualTo(2), outcome.ToString());
        Assert.That(outcome.Errors, Does.Contain("only images"));
    }

    private static JsonElement[] Answers(Outcome outcome) => [.. JsonDocument.Parse(outcome.Output).RootElement.EnumerateArray()];

    private static string Text(JsonElement file, string tag) => file.GetProperty(tag).GetString()!;

    private static JsonElement Exiftool(string path)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo("exiftool", ["-json", path]) { RedirectStandardOutput = true })!;
            var output = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            return JsonDocument.Parse(output).RootElement[0];
        }
        catch (Win32Exception)
        {
            throw new IgnoreException("there is no exiftool (Debian: libimage-exiftool-perl)");
        }
    }
}
