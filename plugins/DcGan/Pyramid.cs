using PluginGan.Layers;

namespace PluginGan.Plugins.DcGan;

/// <summary>
/// The resolutions between the innermost map and the image: a base of 4×4 or 7×7 that doubles with each stage, while the
/// channels halve towards <c>width</c>. Both networks are built on it, the discriminator from the other end.
/// </summary>
internal sealed class Pyramid
{
    public Pyramid(SquareImages images, int width)
    {
        Base = images.Base;
        // As in the paper: `width` channels at half the image's resolution, at 64 pixels eight times that innermost. Two stages keep 4:2.
        Channels = [.. Enumerable.Range(0, images.Stages).Select(stage => width * Math.Min(8, 1 << (Math.Max(images.Stages - 1, 2) - stage)))];
    }

    /// <summary>The side of the innermost map, 4 or 7.</summary>
    public int Base { get; }

    /// <summary>The channels of each of the generator's maps from the innermost outwards; the image itself is not among them.</summary>
    public IReadOnlyList<int> Channels { get; }

    /// <summary>
    /// The channels of the discriminator's maps from the outermost inwards: the generator's mirrored. From 7×7 it goes one stage further,
    /// to 3×3, since two stages see too little of an image.
    /// </summary>
    public IReadOnlyList<int> DiscriminatorChannels => Base == 7 ? [.. Channels.Reverse(), 2 * Channels[0]] : [.. Channels.Reverse()];

    /// <summary>How many values the discriminator's innermost map has.</summary>
    public int FeatureCount => Base == 7 ? DiscriminatorChannels[^1] * 3 * 3 : InnermostSize;

    /// <summary>How many values the generator's innermost map has.</summary>
    public int InnermostSize => Channels[0] * Base * Base;
}
