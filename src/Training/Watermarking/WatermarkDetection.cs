namespace PluginGan.Training;

/// <summary>What a key finds in an image.</summary>
/// <param name="Score">In standard deviations of what another key would find: about 0 without a watermark.</param>
/// <param name="FalseAlarm">An upper bound of the probability that a key that has nothing to do with the image finds as much.</param>
public sealed record WatermarkDetection(double Score, double FalseAlarm)
{
    /// <summary>The probability of a false alarm up to which a watermark counts as found.</summary>
    public const double Threshold = 1e-6;

    /// <summary>Whether the image carries the watermark of the key.</summary>
    public bool IsPresent => FalseAlarm <= Threshold;
}
