using System.Globalization;
using System.Text.Json;
using PluginGan.Core;

namespace PluginGan.Host.Tests;

/// <summary>What lies in <c>recipes/</c>, and what makes it small enough for a test.</summary>
internal static class ShippedRecipes
{
    // Data that has to be downloaded is replaced by data that is shipped.
    private static readonly string[] Downloads = ["mnist", "fashion-mnist", "kmnist", "emnist-digits"];

    public static string Folder { get; } = Path.GetFullPath(Path.Combine(PluginFolders.BuiltIn, "..", "..", "..", "..", "..", "..", "recipes"));

    public static IEnumerable<string> Names => Directory.GetFiles(Folder, "*.json").Select(path => Path.GetFileName(path)).Where(name => name != "recipe.schema.json").Order(StringComparer.Ordinal);

    /// <summary>Overrides with which the recipe trains for 20 iterations in a moment.</summary>
    public static string[] Small(Recipe recipe, IReadOnlyList<ComponentDescription> catalogue) =>
    [
        .. Shipped("dataset", recipe.Dataset),
        .. catalogue.Single(known => known.Kind == ComponentKind.Architecture && known.Info.Name == recipe.Architecture.Name).Options.SelectMany(Narrow),
        // A few samples, whatever is accumulated or packed; ctgan packs ten rows by itself.
        $"training.batch={20 * recipe.Training.Accumulate * recipe.Training.Pack}",
        "training.iterations=20",
        "training.checkpointEvery=0",
        "training.snapshotEvery=0",
        "training.evaluateEvery=0",
        "training.keepBest=null",
        "training.patience=null",
        "training.precision=fp32",
        "evaluators=[]",
    ];

    // Whatever an architecture calls a width is as small as it may be.
    private static IEnumerable<string> Narrow(OptionDescription option)
    {
        if (option.Name.EndsWith("Widths", StringComparison.Ordinal))
            yield return $"architecture.{option.Name}=[8,8]";
        else if (option.Name.EndsWith("idth", StringComparison.Ordinal) && option.Minimum is { } least)
            yield return string.Create(CultureInfo.InvariantCulture, $"architecture.{option.Name}={least}");
    }

    private static IEnumerable<string> Shipped(string path, ComponentChoice dataset)
    {
        if (Downloads.Contains(dataset.Name))
            yield return $"{path}.name=fashion-mnist-10k";
        foreach (var (option, value) in dataset.Options)
            if (value.ValueKind == JsonValueKind.Object && value.TryGetProperty("name", out var name) && Downloads.Contains(name.GetString()))
                yield return $"{path}.{option}.name=fashion-mnist-10k";
    }
}
