using Microsoft.Extensions.Logging.Abstractions;
using NUnit.Framework;
using PluginGan.Host.Runs;
using PluginGan.Host.Terminal;
using PluginGan.Training;
using TorchSharp;

namespace PluginGan.Host.Tests;

/// <summary>Networks that no memory holds are refused with what would make them smaller, while they are built.</summary>
[NonParallelizable]
[Platform("Linux")]
public class NetworkMemoryTests
{
    private const long Free = 300_000_000;

    private PluginFolders folders = null!;

    [SetUp]
    public void Prepare()
    {
        Machine.Use("cpu", threads: 1);
        folders = new PluginFolders();
    }

    [TearDown]
    public void CleanUp() => folders.Dispose();

    [Test]
    public void Widths_that_are_too_large_are_named() => Assert.That(
        () => Build("ring-gan.json", "architecture.generatorWidths=[24000,24000,24000]"),
        Throws.TypeOf<ComponentException>().With.Message.Matches(@"^architecture 'mlp': too little memory: its networks need 4\.6 GB \(generator 4\.6 GB, discriminator \d\.\d MB\), which is more than the "
            + @"2\d\d\.\d MB that are free; lower architecture\.discriminatorWidths \(\[200, ?200, ?200\]\) or architecture\.generatorWidths \(\[24000,24000,24000\]\), or take smaller samples than vector 2$"));

    [Test]
    public void A_table_that_is_too_wide_is_named_by_its_columns_and_categories()
    {
        const int Columns = 1000;
        const int Rows = 60;
        var table = Path.Combine(folders.Root, "wide.csv");
        File.WriteAllLines(table, [Line("c"), .. Enumerable.Range(0, Rows).Select(row => Line($"v{row}c"))]);

        Assert.That(
            () => Build("ctgan-ring.json", $"dataset={{\"name\":\"csv-table\",\"path\":\"{table}\"}}", "evaluation.dataset=null", "training.batch=60"),
            Throws.TypeOf<ComponentException>().With.Message.StartsWith("architecture 'ctgan': too little memory: its networks need ")
                .And.Message.Contains("architecture.criticWidths").And.Message.EndsWith("or take a table with fewer than 1000 columns and 60000 categories"));

        static string Line(string cell) => string.Join(',', Enumerable.Range(0, Columns).Select(column => $"{cell}{column}"));
    }

    private void Build(string recipe, params string[] settings)
    {
        using var catalogue = folders.Catalogue(PluginFolders.BuiltIn);
        var factory = new ComponentFactory(catalogue, new DataFolder(folders.CacheFolder), NullLoggerFactory.Instance, new Progress<ComponentProgress>(), new Screen(json: true, verbose: false));
        var composed = RecipeReading.Compose(Path.Combine(ShippedRecipes.Folder, recipe), ["evaluators=[]", "training.keepBest=null", .. settings], catalogue);
        MemoryGuard.Make("the test needs", "", () =>
        {
            RunAssembly.Build(composed, factory, catalogue.Components, torch.CPU, CancellationToken.None).Dispose();
            return true;
        }, Free);
    }
}
