namespace PluginGan.Training;

/// <summary>How large samples are, so that what is in memory at a time can be bounded.</summary>
public static class SampleSize
{
    private const long Together = 64_000_000;

    /// <summary>How many numbers a sample has.</summary>
    public static long Of(SampleSpec spec) => spec.Shape.Aggregate(1L, (product, size) => product * size);

    /// <summary>How many samples are a quarter of a gigabyte as float32, within bounds.</summary>
    /// <param name="numbers">How many numbers a sample has.</param>
    /// <param name="least">Never fewer than these.</param>
    /// <param name="most">Never more than these.</param>
    public static long Few(long numbers, long least, long most) => Math.Clamp(Together / Math.Max(1, numbers), least, most);
}
