namespace PluginGan.EndToEnd.Tests;

/// <summary>Recipes that train in a second.</summary>
internal static class Recipe
{
    public const string Tiny = """
        {
          "name": "tiny",
          "dataset": { "name": "points" },
          "architecture": { "name": "tiny" },
          "loss": { "name": "non-saturating" },
          "training": { "iterations": 40, "batch": 16, "snapshotEvery": 20, "checkpointEvery": 10, "logEvery": 10, "ema": { "halfLifeKimg": 0.1 } },
          "evaluators": [ "mean-gap" ]
        }
        """;

    public static string With(this string recipe, string old, string replacement) => recipe.Contains(old, StringComparison.Ordinal)
        ? recipe.Replace(old, replacement, StringComparison.Ordinal)
        : throw new ArgumentException($"the recipe holds no '{old}'");
}
