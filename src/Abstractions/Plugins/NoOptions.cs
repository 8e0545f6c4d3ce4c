namespace PluginGan;

/// <summary>The options of a component that has none.</summary>
public sealed class NoOptions;
