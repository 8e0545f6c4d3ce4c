namespace PluginGan.Plugins.Pix2Pix;

/// <summary>How far two values are apart.</summary>
public enum Distance
{
    /// <summary>|a − b|, L1.</summary>
    Absolute,

    /// <summary>(a − b)², L2.</summary>
    Squared,
}
