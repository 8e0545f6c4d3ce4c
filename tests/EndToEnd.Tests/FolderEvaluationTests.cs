using System.Text.Json;
using NUnit.Framework;

namespace PluginGan.EndToEnd.Tests;

/// <summary>Scores of folders of images that PluginGan did not make.</summary>
public class FolderEvaluationTests
{
    private static readonly string Pictures = Path.Combine(Product.Repository, "tests", "Plugins.Tests", "Images", "Files");

    [Test]
    public void Two_folders_are_compared_by_all_of_their_images_and_a_folder_with_itself_is_at_no_distance()
    {
        using var product = new Product();
        Fill(product, "real", "rgb.png", "alpha.webp", "exif6.jpg");
        Fill(product, "made", "rgb.png", "cmyk.jpg", "rgb16.png");
        string[] settings = ["--metrics", "kid,precision-recall", "--set", "image-folder.size=16", "--set", "image-folder.channels=rgb", "--set", "precision-recall.k=2", "--set", "kid.subsetSize=12", "--resamples", "0", "--json"];

        var different = product.Run(["evaluate", "--real", "real", "--generated", "made", .. settings]);
        var same = product.Run(["evaluate", "--real", "real", "--generated", "real", .. settings]);

        Assert.That(different.ExitCode, Is.Zero, different.ToString());
        Assert.That(same.ExitCode, Is.Zero, same.ToString());
        var answer = JsonDocument.Parse(different.Output).RootElement;
        Assert.That(answer.GetProperty("samples").GetInt32(), Is.EqualTo(12), "nothing is set apart");
        Assert.That(answer.GetProperty("extractors")[0].GetProperty("name").GetString(), Is.EqualTo("random-projection"));
        Assert.That(Value(same, "precision[random-projection]"), Is.EqualTo(1));
        Assert.That(Value(different, "kid[random-projection]"), Is.GreaterThan(Value(same, "kid[random-projection]")));
    }

    [TestCase("sizes", "--real yields image", "--set image-folder.size=N")]
    [TestCase("empty", "empty", "image")]
    public void Folders_that_cannot_be_compared_are_refused_with_what_would_mend_it(string generated, string message, string remedy)
    {
        using var product = new Product();
        Fill(product, "real", "rgb.png");
        Directory.CreateDirectory(Path.Combine(product.Folder, "empty"));
        Fill(product, "sizes", "exif6.jpg");

        var outcome = product.Run("evaluate", "--real", "real", "--generated", generated);

        Assert.That(outcome.ExitCode, Is.EqualTo(2), outcome.ToString());
        Assert.That(outcome.Errors, Does.Contain(message).And.Contain(remedy));
        Assert.That(outcome.Errors.Split('\n', StringSplitOptions.RemoveEmptyEntries), Has.Length.EqualTo(1), outcome.Errors);
    }

    private static double Value(Outcome outcome, string metric) =>
        JsonDocument.Parse(outcome.Output).RootElement.GetProperty("scores").EnumerateArray().Single(score => score.GetProperty("metric").GetString() == metric).GetProperty("value").GetDouble();

    private static void Fill(Product product, string folder, params string[] names)
    {
        var path = Directory.CreateDirectory(Path.Combine(product.Folder, folder)).FullName;
        foreach (var name in names)
            foreach (var copy in Enumerable.Range(0, 4))
                File.Copy(Path.Combine(Pictures, name), Path.Combine(path, $"{copy}-{name}"));
    }
}
