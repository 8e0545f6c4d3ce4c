namespace PluginGan.Plugins.Images.Decoding;

/// <summary>What is known of an image before it is decoded.</summary>
/// <param name="Width">Columns, upright.</param>
/// <param name="Height">Rows, upright.</param>
/// <param name="IsGrey">Whether the file stores grey, not colours.</param>
internal readonly record struct ImageHeader(int Width, int Height, bool IsGrey);
