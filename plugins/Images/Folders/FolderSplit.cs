namespace PluginGan.Plugins.Images.Folders;

/// <summary>The parts of a folder of images.</summary>
public enum FolderSplit
{
    /// <summary>What is not set apart for tests.</summary>
    Train,

    /// <summary>What is set apart for tests.</summary>
    Test,

    /// <summary>All images.</summary>
    All,
}
