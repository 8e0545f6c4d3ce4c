namespace PluginGan;

/// <summary>A column of a <see cref="TableSpec"/>.</summary>
/// <param name="Name">The heading.</param>
/// <param name="Categories">The categories in the order of their indices; null for a continuous column.</param>
public sealed record ColumnSpec(string Name, IReadOnlyList<string>? Categories);
