namespace PluginGan;

/// <summary>That an option has a value.</summary>
/// <param name="Option">The option as a recipe names it, in camelCase.</param>
/// <param name="Value">Its value as a recipe writes it, without quotes: <c>true</c>, <c>0</c>, <c>normal</c>.</param>
public sealed record OptionIs(string Option, string Value)
{
    /// <summary>Whether any other value is meant.</summary>
    public bool Not { get; init; }
}
