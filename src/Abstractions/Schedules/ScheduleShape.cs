namespace PluginGan;

/// <summary>How a scheduled value moves within a segment.</summary>
public enum ScheduleShape
{
    /// <summary>It stays as it is.</summary>
    Constant,

    /// <summary>Along a straight line.</summary>
    Linear,

    /// <summary>Along half a cosine: slowly at both ends.</summary>
    Cosine,

    /// <summary>In jumps: at every so many units it is multiplied by a factor.</summary>
    Step,
}
