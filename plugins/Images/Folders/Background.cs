namespace PluginGan.Plugins.Images.Folders;

/// <summary>What shows through transparent pixels and where images are padded.</summary>
public enum Background
{
    /// <summary>255</summary>
    White,

    /// <summary>0</summary>
    Black,
}
