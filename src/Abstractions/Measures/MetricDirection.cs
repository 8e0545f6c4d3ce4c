namespace PluginGan;

/// <summary>Which values of a metric are good.</summary>
public enum MetricDirection
{
    /// <summary>Lower values are better.</summary>
    Lower,

    /// <summary>Higher values are better.</summary>
    Higher,

    /// <summary>
    /// Values near those of real samples are good, and both higher and lower ones are not: images that vary as real ones do. No model can
    /// be kept as the best by it.
    /// </summary>
    NearReference,

    /// <summary>None is good or bad: the value describes the data or the measurement. No model can be kept as the best by it.</summary>
    None,
}
