namespace PluginGan;

/// <summary>Where a draw stands: all that its numbers depend on beside row and element.</summary>
/// <param name="Seed">The seed of the scope.</param>
/// <param name="Stream">Which draw of the scope it is.</param>
/// <param name="FirstRow">The number of its first row.</param>
internal readonly record struct DrawPlace(ulong Seed, uint Stream, long FirstRow);
