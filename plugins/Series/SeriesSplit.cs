namespace PluginGan.Plugins.Series;

/// <summary>Which windows or series.</summary>
public enum SeriesSplit
{
    /// <summary>Those to train on.</summary>
    Train,

    /// <summary>Those set apart for evaluation.</summary>
    Test,
}
