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
internal sealed record Combination(Choice Architecture, Choice Objective, Choice Loss, Choice Regularizer, Choice Augmentation, string Dataset)
{
    /// <summary>What objectives with stages need to reach them all.</summary>
    private const int Stages = 3;

    public IReadOnlyList<Choice> Choices => [Architecture, Objective, Loss, Regularizer, Augmentation];

    public Recipe Compose(IReadOnlyList<ComponentDescription> catalogue) => Composition.Compose("recipe.json", [], _ => Json, catalogue);

    public override string ToString() => string.Join(" | ", Choices);

    private string Json => $$"""
        {
          "name": "one", "dataset": {{Dataset}}, "architecture": {{Architecture.Json}},
          "objective": {{Objective.Json}}, "loss": {{(Loss.Name == "none" ? "\"none\"" : Loss.Json)}},
          "regularizers": [{{(Regularizer.Name is null ? "" : Regularizer.Json)}}], "augmentations": [{{(Augmentation.Name is null ? "" : Augmentation.Json)}}],
          "training": { "iterations": {{(Objective.Name is "timegan" or "f-anogan" ? Stages : 1)}}, "batch": 4, "precision": "fp32" }
        }
        """;
}
