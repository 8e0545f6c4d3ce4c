namespace PluginGan.Plugins.Tables;

/// <summary>Which rows of a table.</summary>
public enum TableSplit
{
    /// <summary>Those to train on.</summary>
    Train,

    /// <summary>Those set apart for evaluation.</summary>
    Test,
}
