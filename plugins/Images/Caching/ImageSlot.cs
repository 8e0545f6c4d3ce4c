namespace PluginGan.Plugins.Images.Caching;

/// <summary>Where a decoded image lies in a file of them.</summary>
/// <param name="File">The position of its file in the folder's listing.</param>
/// <param name="Offset">Its first byte.</param>
/// <param name="Width">Columns.</param>
/// <param name="Height">Rows.</param>
internal readonly record struct ImageSlot(int File, long Offset, int Width, int Height);
