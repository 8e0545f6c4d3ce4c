using System.Text.Json;
using NUnit.Framework;

namespace PluginGan.EndToEnd.Tests;

/// <summary>Training on a folder of a user's own images.</summary>
public class ImageFolderTests
{
    private static readonly string Pictures = Path.Combine(Product.Repository, "tests", "Plugins.Tests", "Images", "Files");

    [Test]
    public void A_folder_of_all_sorts_of_files_is_trained_on_and_what_cannot_be_read_is_named()
    {
        using var product = new Product();
        foreach (var name in (string[])["rgb.png", "cmyk.jpg", "rgb16.png", "alpha.webp", "animated.gif", "exif6.jpg"])
            foreach (var copy in Enumerable.Range(0, 4))
                Copy(product, name, Path.Combine(copy % 2 == 0 ? "odd" : "even", $"{copy}-{name}"));
        product.File(Path.Combine("pictures", "odd", "broken.png"), "");
        product.File("recipe.json", Recipe("\"image-folder\", \"path\": \"pictures\", \"size\": 28, \"testShare\": 0.3"));

        var first = product.Run("train", "recipe.json", "--json");
        var second = product.Run("train", "recipe.json", "--json");

        Assert.That(first.ExitCode, Is.Zero, first.ToString());
        Assert.That(first.Output + first.Errors, Does.Contain("1 of ").And.Contain("empty: odd/broken.png"));
        Assert.That(second.ExitCode, Is.Zero, second.ToString());
        Assert.That(Directory.GetFiles(Path.Combine(product.Folder, "data", "image-folder")), Has.Length.EqualTo(1));
        var run = JsonDocument.Parse(first.Output).RootElement;
        Assert.That(run.GetProperty("iteration").GetInt64(), Is.EqualTo(2));
    }

    [Test]
    public void An_archive_of_arrays_is_trained_on()
    {
        using var product = new Product();
        File.Copy(Path.Combine(Pictures, "grey28.npz"), Path.Combine(product.Folder, "arrays.npz"));
        product.File("recipe.json", Recipe("\"npz\", \"path\": \"arrays.npz\""));

        var outcome = product.Run("train", "recipe.json", "--json");

        Assert.That(outcome.ExitCode, Is.Zero, outcome.ToString());
    }

    [Test]
    public void A_folder_that_is_missing_is_one_line()
    {
        using var product = new Product();
        product.File("recipe.json", Recipe("\"image-folder\", \"path\": \"pictures\""));

        var outcome = product.Run("train", "recipe.json");

        Assert.That(outcome.ExitCode, Is.EqualTo(2), outcome.ToString());
        Assert.That(outcome.Errors, Does.Contain("pictures").And.Contain("does not exist"));
        Assert.That(outcome.Errors.Split('\n', StringSplitOptions.RemoveEmptyEntries), Has.Length.EqualTo(1), outcome.Errors);
    }

    private static string Recipe(string dataset) => $$"""
        { "name": "own", "dataset": { "name": {{dataset}} }, "architecture": { "name": "dcgan", "width": 4 }, "loss": "hinge",
          "training": { "iterations": 2, "batch": 4 }, "evaluators": [ { "name": "ms-ssim", "pairs": 8 } ] }
        """;

    private static void Copy(Product product, string name, string to)
    {
        var path = Path.Combine(product.Folder, "pictures", to);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.Copy(Path.Combine(Pictures, name), path);
    }
}
