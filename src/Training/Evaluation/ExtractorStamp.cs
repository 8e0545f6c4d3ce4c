namespace PluginGan.Training;

/// <summary>The feature extractor behind a score: scores are comparable only where all of it is equal.</summary>
/// <param name="Name">The component's name.</param>
/// <param name="Sha256">Of its weights.</param>
/// <param name="Preparation">What is done to samples before the network sees them; empty for nothing.</param>
public sealed record ExtractorStamp(string Name, string Sha256, string Preparation)
{
    internal static ExtractorStamp Of(string name, FeatureExtractor extractor) => new(name, extractor.Fingerprint, extractor.Preparation);

    /// <inheritdoc/>
    public override string ToString() => $"{Name} (SHA-256 {(Sha256.Length > 12 ? Sha256[..12] : Sha256)}{(Preparation.Length > 0 ? $", {Preparation}" : "")})";
}
