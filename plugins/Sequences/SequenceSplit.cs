namespace PluginGan.Plugins.Sequences;

/// <summary>Which sequences.</summary>
public enum SequenceSplit
{
    /// <summary>Those to train on.</summary>
    Train,

    /// <summary>Those set apart for evaluation.</summary>
    Test,
}
