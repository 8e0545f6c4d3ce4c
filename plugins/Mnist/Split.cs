namespace PluginGan.Plugins.Mnist;

/// <summary>The official splits of MNIST and its relatives.</summary>
public enum Split
{
    /// <summary>60 000 images.</summary>
    Train,

    /// <summary>10 000 images.</summary>
    Test,
}
