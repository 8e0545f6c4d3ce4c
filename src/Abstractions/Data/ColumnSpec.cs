namespace PluginGan;

/// <summary>A column of a <see cref="TableSpec"/>.</summary>
/// <param name="Name">The heading.</param>
/// <param name="Categories">The categories in the order of their indices; null for a continuous column.</param>
public sealed record ColumnSpec(string Name, IReadOnlyList<string>? Categories)
{
    /// <inheritdoc/>
    public override string ToString() => Categories is null ? $"column '{Name}' of numbers" : $"column '{Name}' of {Categories.Count} categories";
}
