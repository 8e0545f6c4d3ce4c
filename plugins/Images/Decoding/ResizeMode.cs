namespace PluginGan.Plugins.Images.Decoding;

/// <summary>How an image is brought to a size.</summary>
public enum ResizeMode
{
    /// <summary>The shorter side is scaled to the size, and the middle is cut out.</summary>
    Fit,

    /// <summary>The shorter side is scaled to the size, and a square is cut out anew at each reading.</summary>
    RandomCrop,

    /// <summary>Both sides are scaled to the size.</summary>
    Stretch,

    /// <summary>The longer side is scaled to the size, and the rest is filled.</summary>
    Pad,
}
