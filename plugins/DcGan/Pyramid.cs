namespace PluginGan.Plugins.DcGan;

/// <summary>
/// The resolutions between the innermost map and the image: a base of 4×4 or 7×7 that doubles with each stage, while the
/// channels halve towards <c>width</c>. Both networks are built on it, the discriminator from the other end.
/// </summary>
internal sealed class Pyramid
{
    private static readonly (int Side, int Base, int Stages)[] Sizes =
        [(28, 7, 2), (32, 4, 3), (56, 7, 3), (64, 4, 4), (112, 7, 4), (128, 4, 5)];

    /// <exception cref="ComponentException">The images are not square, or of none of the sizes.</exception>
    public Pyramid(ImageSpec image, int width)
    {
        var (height, side) = (image.Height, image.Width);
        var size = Array.Find(Sizes, size => size.Side == height && size.Side == side);
        if (size == default)
        {
            var nearest = Sizes.Select(size => size.Side).OrderBy(known => Math.Abs(known - height) + Math.Abs(known - side)).Select(known => $"{known}×{known}");
            throw new ComponentException($"dcgan cannot make images of {height}×{side}; it makes {string.Join(", ", nearest)} (nearest first): resize the data");
        }
        Base = size.Base;
        // As in the paper: `width` channels at half the image's resolution, at 64 pixels eight times that innermost. Two stages keep 4:2.
        Channels = [.. Enumerable.Range(0, size.Stages).Select(stage => width * Math.Min(8, 1 << (Math.Max(size.Stages - 1, 2) - stage)))];
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
