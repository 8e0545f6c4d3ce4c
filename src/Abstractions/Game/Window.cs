namespace PluginGan;

/// <summary>A part of the run: from <paramref name="From"/> (included) to <paramref name="To"/> (excluded), as fractions of the whole.</summary>
/// <param name="From">0 to 1.</param>
/// <param name="To">0 to 1, above <paramref name="From"/>; 1 includes the end.</param>
public sealed record Window(double From, double To)
{
    /// <summary>Whether the window is open at that progress.</summary>
    public bool Contains(double progress) => progress >= From && (progress < To || To >= 1);
}
