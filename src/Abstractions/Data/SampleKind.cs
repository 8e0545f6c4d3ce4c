namespace PluginGan;

/// <summary>The kinds of <see cref="SampleSpec"/>.</summary>
public enum SampleKind
{
    /// <summary><see cref="ImageSpec"/></summary>
    Image,

    /// <summary><see cref="VideoSpec"/></summary>
    Video,

    /// <summary><see cref="SeriesSpec"/></summary>
    Series,

    /// <summary><see cref="SequenceSpec"/></summary>
    Sequence,

    /// <summary><see cref="TableSpec"/></summary>
    Table,

    /// <summary><see cref="VectorSpec"/></summary>
    Vector,
}
