using PluginGan.Core;

namespace PluginGan.Host.Tests;

/// <summary>A component with options of a test, as a recipe writes it; none where there is no name.</summary>
internal sealed record Choice(string? Name, string Options = "")
{
    public static Choice None { get; } = new((string?)null);

    public string Json => Name is null ? "null" : $$"""{ "name": "{{Name}}"{{Options}} }""";

    public override string ToString() => $"{Name ?? "-"}{Options}";
}

/// <summary>One way to fill the places of a recipe's game.</summary>
internal sealed record Combination(
    Choice Architecture, Choice Objective, Choice Loss, Choice Regularizer, Choice Augmentation, string Dataset)
{
    public IReadOnlyList<Choice> Choices => [Architecture, Objective, Loss, Regularizer, Augmentation];

    public Recipe Compose(IReadOnlyList<ComponentDescription> catalogue) => Composition.Compose("recipe.json", [], _ => Json, catalogue);

    public override string ToString() => string.Join(" | ", Choices);

    private string Json => $$"""
        {
          "name": "one", "dataset": {{Dataset}}, "architecture": {{Architecture.Json}},
          "objective": {{Objective.Json}}, "loss": {{Loss.Json}},
          "regularizers": {{List(Regularizer)}}, "augmentations": {{List(Augmentation)}},
          "training": { "iterations": {{Iterations}}, "batch": 4, "precision": "fp32" }
        }
        """;

    // Objectives with stages reach them all.
    private int Iterations => Objective.Name is "timegan" or "f-anogan" ? 3 : 1;

    private static string List(Choice choice) => choice.Name is null ? "[]" : $"[{choice.Json}]";
}
