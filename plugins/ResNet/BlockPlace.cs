namespace PluginGan.Plugins.ResNet;

/// <summary>Where a block of the discriminator stands.</summary>
internal enum BlockPlace
{
    /// <summary>The first: it sees the image itself, and halves the resolution.</summary>
    AtImage,

    /// <summary>Between: it halves the resolution.</summary>
    Between,

    /// <summary>The last: resolution and channels stay.</summary>
    Innermost,
}
