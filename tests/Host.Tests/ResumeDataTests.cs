using System.Text.Json;
using Microsoft.Extensions.Logging.Abstractions;
using NUnit.Framework;
using PluginGan.Core;
using PluginGan.Host.Plugins;
using PluginGan.Host.Runs;
using PluginGan.Host.Terminal;
using PluginGan.Training;
using TorchSharp;

namespace PluginGan.Host.Tests;

/// <summary>The data of a resumed run: the files that every shipped dataset names, and how a resume treats changes.</summary>
public class ResumeDataTests
{
    private readonly PluginFolders folders = new();
    private readonly DataFiles data = new();
    private PluginCatalogue catalogue = null!;
    private ComponentFactory factory = null!;

    [OneTimeSetUp]
    public void Open()
    {
        catalogue = folders.Catalogue(PluginFolders.BuiltIn);
        Machine.Use("cpu", threads: 1);
        var screen = new Screen(json: true, verbose: false);
        factory = new ComponentFactory(
            catalogue, new DataFolder(folders.CacheFolder), NullLoggerFactory.Instance, new Progress<ComponentProgress>(), screen);
    }

    [OneTimeTearDown]
    public void Close()
    {
        catalogue.Dispose();
        folders.Dispose();
        data.Dispose();
    }

    [Test]
    public void Every_shipped_dataset_names_the_files_that_it_reads()
    {
        data.Text("lines.txt", "AC\nGT\n");
        data.Text("table.csv", "age,colour\n1,red\n2,blue\n");
        data.Npz("images.npz");
        data.Text("series/one.csv", Series(30));
        data.Text("series/two.csv", Series(30));
        data.Image("pictures/a/1.png");
        data.Image("pictures/b/2.png", 7);
        data.Text("pictures/notes.txt", "no image");
        data.Idx("digits", "train");
        string[] digits = ["digits/train-images-idx3-ubyte", "digits/train-labels-idx1-ubyte"];
        string[] pictures = ["pictures/a/1.png", "pictures/b/2.png"];
        string In(string name) => JsonSerializer.Serialize(Path.Combine(data.Folder, name));
        var ofPictures = $$"""{ "name": "image-folder", "path": {{In("pictures")}}, "size": 8, "testShare": 0 }""";
        var ofDigits = $$"""{ "name": "mnist", "path": {{In("digits")}} }""";

        Assert.Multiple(() =>
        {
            Files($$"""{ "name": "text-lines", "path": {{In("lines.txt")}} }""", "lines.txt");
            Files($$"""{ "name": "csv-table", "path": {{In("table.csv")}} }""", "table.csv");
            Files($$"""{ "name": "csv-series", "path": {{In("series")}} }""", "series/one.csv", "series/two.csv");
            Files($$"""{ "name": "csv-series", "path": {{In("series/one.csv")}} }""", "series/one.csv");
            Files($$"""{ "name": "npz", "path": {{In("images.npz")}}, "labels": false }""", "images.npz");
            Files(ofPictures, pictures);
            Files(ofPictures.Replace("\"size\"", "\"resize\": \"randomCrop\", \"size\"", StringComparison.Ordinal), pictures);
            Files(ofDigits, digits);
            Files(ofDigits.Replace("}", ", \"labels\": false }", StringComparison.Ordinal), digits[0]);
            Files($$"""{ "name": "some-classes", "classes": ["3"], "of": {{ofDigits}} }""", digits);
            Files($$"""{ "name": "stacked", "of": {{ofDigits}} }""", digits);
            Files($$"""{ "name": "paired", "of": {{ofPictures}} }""", pictures);
            Files($$"""{ "name": "unpaired", "of": {{ofPictures}}, "from": {{ofDigits}} }""", [.. pictures, .. digits]);
            Files($$"""{ "name": "by-category", "of": { "name": "csv-table", "path": {{In("table.csv")}} } }""", "table.csv");
            Files("""{ "name": "mixture-ring" }""");
        });
    }

    [Test]
    public void A_changed_file_is_refused_by_its_name_and_accepted_with_force()
    {
        var run = Run("changed");
        var recipe = Recipe("changed");
        var was = Checkpoint(recipe);
        run.WriteDataFiles(Content(recipe));
        Assert.That(Check(was, recipe, run), Is.Empty, "unchanged");

        data.Text("changed/two.csv", Series(30, 9));
        data.Text("changed/new.csv", Series(30));
        File.Delete(Path.Combine(data.Folder, "changed", "one.csv"));

        var refused = Assert.Throws<RecipeException>(() => Check(was, recipe, run))!.Errors.Single();
        Assert.That((refused.File, refused.Path), Is.EqualTo((run.RecipePath, "dataset")));
        Assert.That(refused.Message, Does.Contain("1 added ('new.csv'), 1 overwritten ('two.csv'), 1 removed ('one.csv')"));
        Assert.That(refused.Message, Does.Contain(Path.Combine(data.Folder, "changed")).And.Contain("--force"));
        Assert.That(Check(was, recipe, run, force: true).Single(), Does.StartWith("resumed with dataset: was").And.Contain("'two.csv'"));
    }

    [Test]
    public void The_same_data_elsewhere_needs_no_force_and_other_data_elsewhere_does()
    {
        var run = Run("here");
        var was = Checkpoint(Recipe("here"));
        run.WriteDataFiles(Content(Recipe("here")));
        Run("there");
        // The evaluation data is the other split of the training data, and moves with it.
        var recorded = data.Text("recorded.json", Recipes.ToJson(Recipe("here")));
        var moved = RecipeReading.Change(recorded, [$"dataset.path={Path.Combine(data.Folder, "there")}"], catalogue);

        var accepted = Check(was, moved, run);
        Assert.That(accepted, Has.One.StartsWith("resumed with dataset.path").And.One.StartsWith("resumed with evaluation.dataset.path"));
        data.Text("there/two.csv", Series(30, 9));
        Assert.That(() => Check(was, moved, run), Throws.TypeOf<RecipeException>());
        // Without a fingerprint nobody knows that it is the same.
        Assert.That(() => Check(was with { Origin = was.Origin! with { Data = null } }, moved, run), Throws.TypeOf<RecipeException>());
    }

    [Test]
    public void An_option_of_the_networks_is_no_matter_for_force_alone()
    {
        var run = Run("sizes");
        var was = Checkpoint(Recipe("sizes"));
        var recorded = data.Text("sizes-recorded.json", Recipes.ToJson(Recipe("sizes")));
        RecipeError Refused(string change) => Assert.Throws<RecipeException>(() => Check(was, RecipeReading.Change(recorded, [change], catalogue), run))!.Errors.Single();

        Assert.That(Refused("architecture.width=7").Message, Does.Contain("networks of other sizes cannot take the weights of the checkpoint").And.Not.Contain("accept with --force"));
        Assert.That(Refused("training.optimizers.default.rate=0.5").Message, Does.Contain("accept with --force"));
    }

    [Test]
    public void Parts_are_traced_while_they_are_made_and_measured()
    {
        var recipe = RecipeReading.Compose(
            data.Text("traced.json", """
                {
                  "dataset": "mixture-ring", "architecture": { "name": "mlp", "generatorWidths": [8], "discriminatorWidths": [8] }, "loss": "hinge",
                  "training": { "iterations": 1, "batch": 4 }, "evaluators": ["mode-coverage"]
                }
                """), [], catalogue);

        using var assembly = RunAssembly.Build(recipe, factory, catalogue.Components, torch.CPU, CancellationToken.None);

        Assert.That(factory.Trace.Current, Is.EqualTo(new TracedCall("", null, -1)), "what was made is made");
        Assert.That(assembly.Evaluation!.Trace, Is.SameAs(factory.Trace));
    }

    [Test]
    public void A_path_that_an_earlier_version_recorded_as_it_was_written_is_the_same_place()
    {
        var run = Run("old");
        var recipe = Recipe("old");
        var absolute = Path.Combine(data.Folder, "old");
        var relative = Path.GetRelativePath(Environment.CurrentDirectory, absolute);
        var written = Recipes.ToJson(recipe).Replace($"\"{absolute}\"", $"\"{relative}\"", StringComparison.Ordinal);
        var was = Checkpoint(recipe);
        was = was with { Origin = was.Origin! with { Data = null, Recipe = JsonElement.Parse(written) } };

        Assert.That(written, Does.Contain(relative));
        Assert.That(Check(was, recipe, run), Is.Empty);
    }

    private static RunManifest Manifest =>
        Machine.Use("cpu", threads: 1).Manifest(new DataSpec(new VectorSpec(2), ConditionSpec.None), [], TimeProvider.System);

    private static string Series(int steps, int from = 0) =>
        "a,b\n" + string.Concat(Enumerable.Range(from, steps).Select(step => $"{step},{-step}\n"));

    /// <summary>A run, and a folder of that name with two series.</summary>
    private RunDirectory Run(string name)
    {
        data.Text($"{name}/one.csv", Series(30));
        data.Text($"{name}/two.csv", Series(30, 5));
        return RunDirectory.Create(Path.Combine(folders.CacheFolder, "runs"), name, "{}", Manifest);
    }

    private Recipe Recipe(string name)
    {
        var folder = JsonSerializer.Serialize(Path.Combine(data.Folder, name));
        var recipe = $$"""
            { "dataset": { "name": "csv-series", "path": {{folder}} }, "architecture": "timegan", "objective": "timegan",
              "training": { "iterations": 10 } }
            """;
        return RecipeReading.Compose(data.Text($"{name}.json", recipe), [], catalogue);
    }

    private Checkpoint Checkpoint(Recipe recipe)
    {
        var none = new Dictionary<string, long>();
        var origin = CheckpointOrigin.Of(Recipes.ToJson(recipe), Manifest with { Fingerprint = Content(recipe).Fingerprint });
        return new Checkpoint(new TrainerState(new Dictionary<string, torch.Tensor>(), 5, 0, none, none), origin);
    }

    private DataContent Content(Recipe recipe)
    {
        using var dataset = factory.Dataset(recipe.Dataset, new ComponentSetting(torch.CPU, 1, null, CancellationToken.None));
        return new DataHashing(Path.Combine(folders.CacheFolder, "hashes")).Of(dataset, CancellationToken.None);
    }

    private IReadOnlyList<string> Check(Checkpoint was, Recipe recipe, RunDirectory run, bool force = false)
    {
        var check = new ResumeCheck(was, run.RecipePath, force);
        return [.. check.Recipe(recipe, catalogue), .. check.Data(Content(recipe), run)];
    }

    private void Files(string dataset, params string[] expected)
    {
        var choice = new DatasetText(catalogue.Components, _ => []).Read("--dataset", dataset);
        using var opened = factory.Dataset(choice, new ComponentSetting(torch.CPU, 1, null, CancellationToken.None));
        var files = opened.Sources.SelectMany(source => (source.Files ?? [""]).Select(file => Path.Combine(source.Path, file)));
        Assert.That(files, Is.EquivalentTo(expected.Select(file => Path.Combine(data.Folder, file))), dataset);
    }
}
