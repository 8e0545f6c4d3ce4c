namespace PluginGan;

/// <summary>What an architecture must build networks for.</summary>
/// <param name="Data">The samples and conditions of the run.</param>
/// <param name="Pack">How many samples are concatenated along the first sample dimension (channels for images) at the discriminator's input (PacGAN, arXiv:1712.04086); 1 is the usual case.</param>
public sealed record ModelSpec(DataSpec Data, int Pack)
{
    /// <inheritdoc/>
    public override string ToString() => Pack == 1 ? $"{Data}" : $"{Data}, {Pack} samples packed";
}
