namespace PluginGan.Plugins.Images.Decoding;

/// <summary>A file is no image that can be decoded. The message is the reason in a few words, for a list.</summary>
internal sealed class UndecodableException(string reason) : Exception(reason);
