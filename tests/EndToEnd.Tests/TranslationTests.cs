using System.Buffers.Binary;
using System.Text;
using NUnit.Framework;

namespace PluginGan.EndToEnd.Tests;

/// <summary>Models that are given an image: their sheets, and samples from images of one's own.</summary>
public class TranslationTests
{
    private const string Edges = """
        {
          "name": "edges",
          "dataset": { "name": "paired", "of": { "name": "fashion-mnist-10k", "subset": 80 } },
          "architecture": { "name": "pix2pix", "width": 4 },
          "loss": "non-saturating",
          "training": { "iterations": 2, "batch": 4 }
        }
        """;

    [Test]
    public void Samples_are_made_from_the_evaluation_data_or_from_images_of_ones_own()
    {
        using var product = new Product();
        product.File("recipe.json", Edges);

        var trained = product.Run("train", "recipe.json");
        var some = product.Run("sample", "edges", "--count", "5");
        product.Run("sample", "edges", "--count", "3", "--out", "mine/");
        var own = product.Run("sample", "edges", "--from", "mine", "--out", "translated/");

        Assert.That(trained.ExitCode, Is.Zero, trained.ToString());
        Assert.That(some.ExitCode, Is.Zero, some.ToString());
        var sheet = File.ReadAllBytes(Path.Combine(product.OnlyRun(), "generated", "5-seed-0.png"));
        Assert.That(Encoding.Latin1.GetString(sheet), Does.Contain("compositeWithTrainedAlgorithmicMedia"), "it shows the sources too");
        // Three columns: two rows of sources and two of translations, each image twice its size.
        Assert.That(Size(sheet).Height, Is.EqualTo(4 * (56 + 4) + 3 * 10));
        Assert.That(own.ExitCode, Is.Zero, own.ToString());
        Assert.That(Directory.GetFiles(Path.Combine(product.Folder, "translated")).Select(Path.GetFileName).Order(), Is.EqualTo(new[] { "00000.png", "00001.png", "00002.png" }));
        Assert.That(Size(File.ReadAllBytes(Path.Combine(product.Folder, "translated", "00000.png"))), Is.EqualTo((28, 28)));
    }

    [Test]
    public void What_samples_cannot_be_made_from_is_refused()
    {
        using var product = new Product();
        product.File("recipe.json", Edges);
        product.Run("train", "recipe.json");
        product.Run("sample", "edges", "--count", "1", "--out", "mine/");

        var large = product.Run("sample", "edges", "--from", """{"name":"image-folder","path":"mine","size":32,"split":"all"}""");
        var many = product.Run("sample", "edges", "--from", """{"name":"fashion-mnist-10k","subset":7}""", "--count", "8");
        var nowhere = product.Run("sample", "edges", "--from", "elsewhere");

        Assert.That((large.ExitCode, many.ExitCode, nowhere.ExitCode), Is.EqualTo((2, 2, 2)));
        Assert.That(large.Errors, Does.Contain("--from: this model takes a sample (image 28×28 (1 channel)), but dataset 'image-folder' yields image").And.Contain("32×32"));
        Assert.That(many.Errors, Does.Contain("--count: 8 samples are asked for, but").And.Contain("has 7"));
        Assert.That(nowhere.Errors, Does.Contain("--from: there is no folder 'elsewhere', and no dataset of that name"));
    }

    // The header of a PNG begins behind its signature, with width and height.
    private static (int Width, int Height) Size(byte[] png) => (BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(16)), BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(20)));
}
