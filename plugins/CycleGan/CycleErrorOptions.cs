namespace PluginGan.Plugins.CycleGan;

/// <summary>Options of <c>cycle-error</c>: none.</summary>
public sealed class CycleErrorOptions;
