namespace PluginGan.Plugins.Images.Folders;

/// <summary>What images are made into.</summary>
public enum ChannelMode
{
    /// <summary>Grey where every file of the folder stores grey, else RGB.</summary>
    Auto,

    /// <summary>One channel.</summary>
    Grey,

    /// <summary>Three channels.</summary>
    Rgb,
}
