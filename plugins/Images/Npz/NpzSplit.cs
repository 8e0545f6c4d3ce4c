namespace PluginGan.Plugins.Images.Npz;

/// <summary>The splits of MedMNIST's layout, which are the prefixes of the arrays' names.</summary>
public enum NpzSplit
{
    /// <summary>train_images, train_labels</summary>
    Train,

    /// <summary>val_images, val_labels</summary>
    Val,

    /// <summary>test_images, test_labels</summary>
    Test,
}
