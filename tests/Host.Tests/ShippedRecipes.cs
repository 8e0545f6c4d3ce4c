using PluginGan.Core;

namespace PluginGan.Host.Tests;

/// <summary>What lies in <c>recipes/</c>, and what makes it small enough for a test.</summary>
internal static class ShippedRecipes
{
    // Networks of the same kind with a few weights. An architecture that is not named here is tried at the size that its recipe gives it.
    private static readonly Dictionary<string, string[]> Architectures = new(StringComparer.Ordinal)
    {
        ["dcgan"] = ["architecture.width=4"],
        ["pix2pix"] = ["architecture.width=4"],
        ["cyclegan"] = ["architecture.width=4", "architecture.blocks=1"],
    };

    // Data that has to be downloaded is replaced by data that is shipped.
    private static readonly string[] Downloads = ["mnist", "fashion-mnist", "kmnist", "emnist-digits"];

    public static string Folder { get; } = Path.GetFullPath(Path.Combine(PluginFolders.BuiltIn, "..", "..", "..", "..", "..", "..", "recipes"));

    public static IEnumerable<string> Names => Directory.GetFiles(Folder, "*.json").Select(path => Path.GetFileName(path)).Where(name => name != "recipe.schema.json").Order(StringComparer.Ordinal);

    /// <summary>Overrides with which the recipe trains for 20 iterations in a moment.</summary>
    public static string[] Small(Recipe recipe) =>
    [
        .. Shipped("dataset", recipe.Dataset),
        .. Architectures.GetValueOrDefault(recipe.Architecture.Name, []),
        $"training.batch={8 * recipe.Training.Accumulate * recipe.Training.Pack}",
        "training.iterations=20",
        "training.checkpointEvery=0",
        "training.snapshotEvery=0",
        "training.evaluateEvery=0",
        "training.keepBest=null",
        "training.patience=null",
        "training.precision=fp32",
        "evaluators=[]",
    ];

    private static IEnumerable<string> Shipped(string path, ComponentChoice dataset)
    {
        if (Downloads.Contains(dataset.Name))
            yield return $"{path}.name=fashion-mnist-10k";
        foreach (var (option, value) in dataset.Options)
            if (value.ValueKind == System.Text.Json.JsonValueKind.Object && value.TryGetProperty("name", out var name))
                if (Downloads.Contains(name.GetString()))
                    yield return $"{path}.{option}.name=fashion-mnist-10k";
    }
}
