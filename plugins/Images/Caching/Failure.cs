namespace PluginGan.Plugins.Images.Caching;

/// <summary>A file that cannot be decoded.</summary>
/// <param name="File">Its position in the folder's listing.</param>
/// <param name="Reason">Why, in a few words.</param>
internal sealed record Failure(int File, string Reason);
