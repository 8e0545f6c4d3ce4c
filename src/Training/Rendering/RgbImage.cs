namespace PluginGan.Training;

/// <summary>An image in memory.</summary>
/// <param name="Width">Columns.</param>
/// <param name="Height">Rows.</param>
/// <param name="Pixels">Bytes red, green, blue, row by row: 3 · width · height of them.</param>
public sealed record RgbImage(int Width, int Height, byte[] Pixels);
