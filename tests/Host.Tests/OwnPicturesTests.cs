using System.Text.RegularExpressions;
using Microsoft.Extensions.Logging.Abstractions;
using NUnit.Framework;
using PluginGan.Core;
using PluginGan.Host.Runs;
using PluginGan.Host.Terminal;
using PluginGan.Training;
using TorchSharp;

namespace PluginGan.Host.Tests;

/// <summary>The first thing that a new user does: README's recipe with the folder of pictures that README names in its place.</summary>
public class OwnPicturesTests
{
    private static readonly string Repository = Path.GetFullPath(Path.Combine(ShippedRecipes.Folder, ".."));
    private static readonly string Readme = File.ReadAllText(Path.Combine(Repository, "README.md"));

    // Small enough for a test; the batch stays as README has it.
    private static readonly string[] Small =
    [
        "training.iterations=1", "architecture.width=4", "evaluation.baseline=false", "evaluation.floor=false",
    ];

    private static readonly string[] SmallClassifier = ["""evaluation.extractors=[{"name":"classifier","width":4,"epochs":1}]"""];

    [TestCase("classes", "classifier", "fid[classifier]", "class-coverage[classifier]")]
    [TestCase("unlabelled", "random-projection", "fid[random-projection]")]
    public void The_recipe_of_the_README_trains_and_scores_on_pictures_of_all_sizes(string kind, string extractor, params string[] metrics)
    {
        using var folders = new PluginFolders();
        using var catalogue = folders.Catalogue(PluginFolders.BuiltIn);
        var pictures = Pictures(Path.Combine(folders.CacheFolder, "pictures"), kind == "classes" ? ["cats", "dogs"] : [""]);
        var path = Path.Combine(folders.CacheFolder, "recipe.json");
        File.WriteAllText(path, Recipe());
        // As README says of pictures without subfolders.
        string[] ofKind = kind == "classes" ? SmallClassifier : ["architecture.conditional=false"];
        var recipe = RecipeReading.Compose(path, [$"dataset.path={pictures}", .. Small, .. ofKind], catalogue);
        Machine.Use("cpu", threads: 1);
        var factory = new ComponentFactory(catalogue, new DataFolder(folders.CacheFolder), NullLoggerFactory.Instance, new Progress<ComponentProgress>(), new Screen(json: true, verbose: false));

        using var assembly = RunAssembly.Build(recipe, factory, catalogue.Components, torch.CPU, CancellationToken.None);
        assembly.Evaluation!.Prepare();
        using var trainer = new Trainer(assembly.Setup);
        trainer.Run(new Silent(), CancellationToken.None);
        var scores = assembly.Evaluation.Measure(assembly.Setup.Model, CancellationToken.None);

        Assert.That(assembly.Extractor!.Name, Is.EqualTo(extractor));
        Assert.That(Recipes.ToJson(assembly.Recipe), Does.Contain($"\"extractor\": \"{extractor}\"").And.Not.Contain("\"extractor\": \"auto\""), "the run is measured by it ever after");
        Assert.That(scores.Scores.Select(score => score.Metric), Is.SupersetOf(metrics), string.Join("; ", scores.Skipped));
        Assert.That(assembly.Dataset.Count, Is.EqualTo(180));
    }

    private static string Recipe()
    {
        var recipe = Regex.Match(Readme, "```json\n(.*?)```", RegexOptions.Singleline).Groups[1].Value;
        var own = Regex.Match(Readme, "Your own images: `(\"dataset\".*?)`").Groups[1].Value;
        var replaced = Regex.Replace(recipe, "\"dataset\": \\{.*?\\}", own);
        Assert.That(replaced, Does.Contain("image-folder").And.Contain("\"fid\""));
        return replaced;
    }

    // 200 pictures of many formats and sizes.
    private static string Pictures(string folder, string[] classes)
    {
        string[] files = ["wide.png", "rgb.png", "baseline.jpg", "cmyk.jpg", "exif6.jpg", "alpha.webp", "palette.png", "rgb16.png", "rgb.bmp", "animated.gif"];
        foreach (var (number, name) in Enumerable.Range(0, 20).SelectMany(copy => files.Select(file => (copy, file))))
        {
            var into = Directory.CreateDirectory(Path.Combine(folder, classes[number % classes.Length])).FullName;
            File.Copy(Path.Combine(Repository, "tests", "Plugins.Tests", "Images", "Files", name), Path.Combine(into, $"{number}-{name}"));
        }
        return folder;
    }

    private sealed class Silent : ITrainingObserver;
}
