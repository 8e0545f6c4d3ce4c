namespace PluginGan.Plugins.Mnist;

/// <summary>The splits of the embedded 10 000 images.</summary>
public enum FashionMnist10kSplit
{
    /// <summary>The first 8 000 images.</summary>
    Train,

    /// <summary>The last 2 000 images.</summary>
    Test,

    /// <summary>All 10 000 images.</summary>
    All,
}
