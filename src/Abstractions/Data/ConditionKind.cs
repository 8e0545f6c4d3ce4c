namespace PluginGan;

/// <summary>The kinds of <see cref="ConditionSpec"/>.</summary>
public enum ConditionKind
{
    /// <summary><see cref="NoCondition"/></summary>
    None,

    /// <summary><see cref="ClassCondition"/></summary>
    Classes,

    /// <summary><see cref="VectorCondition"/></summary>
    Vector,

    /// <summary><see cref="SampleCondition"/></summary>
    Sample,
}
