namespace PluginGan;

/// <summary>
/// A dataset that another one is made of. An option of this type lets a recipe name any dataset, with its options, and the host checks both;
/// <see cref="ComponentContext.Open"/> opens it.
/// </summary>
/// <param name="Name">The component's name.</param>
/// <param name="Options">Its options as a JSON object.</param>
public sealed record DatasetChoice(string Name, string Options = "{}")
{
    /// <inheritdoc/>
    public override string ToString() => Options == "{}" ? $"dataset '{Name}'" : $"dataset '{Name}' with {Options}";
}
