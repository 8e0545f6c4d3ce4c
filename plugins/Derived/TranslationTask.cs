namespace PluginGan.Plugins.Derived;

/// <summary>What a translation starts from.</summary>
public enum TranslationTask
{
    /// <summary>Black edges on white.</summary>
    EdgesToImage,

    /// <summary>The luminance of an RGB image.</summary>
    GreyToColour,

    /// <summary>The image with Gaussian noise.</summary>
    NoisyToClean,

    /// <summary>The image with a grey square in it.</summary>
    MaskedToWhole,
}
