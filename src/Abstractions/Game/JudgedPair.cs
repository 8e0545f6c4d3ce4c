namespace PluginGan;

/// <summary>A <see cref="PluginGan.Pair"/> as its discriminator sees it, within one update.</summary>
/// <param name="step">The update.</param>
/// <param name="pair">The pair.</param>
/// <param name="real">The verdict on real samples.</param>
/// <param name="fake">The verdict on generated samples.</param>
public sealed class JudgedPair(StepContext step, Pair pair, Verdict real, Verdict fake)
{
    /// <summary>The update.</summary>
    public StepContext Step => step;

    /// <summary>The pair.</summary>
    public Pair Pair => pair;

    /// <summary>The verdict on real samples.</summary>
    public Verdict Real => real;

    /// <summary>The verdict on generated samples.</summary>
    public Verdict Fake => fake;
}
