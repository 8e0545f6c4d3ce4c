namespace PluginGan.Layers;

/// <summary>
/// What an architecture for small square images reads out of its <see cref="ModelSpec"/>, or refuses. Between the innermost map, of 4×4 or 7×7, and the
/// image, the side doubles with each stage: 28, 32, 56, 64, 112 or 128 pixels.
/// </summary>
public sealed class SquareImages
{
    private static readonly (int Side, int Base, int Stages)[] Sizes =
        [(28, 7, 2), (32, 4, 3), (56, 7, 3), (64, 4, 4), (112, 7, 4), (128, 4, 5)];

    /// <param name="spec">What the networks are for.</param>
    /// <param name="conditional">Whether they are to be told the classes (the option <c>conditional</c>).</param>
    /// <param name="architecture">The component's name, for messages.</param>
    /// <exception cref="ComponentException">The samples are no square images of one of the sizes, or classes are wanted that the data has not.</exception>
    public SquareImages(ModelSpec spec, bool conditional, string architecture)
    {
        if (spec.Data.Sample is not ImageSpec image)
            throw new ComponentException($"{architecture} makes images, but the data is {spec.Data.Sample}");
        var (height, side) = (image.Height, image.Width);
        var size = Array.Find(Sizes, size => size.Side == height && size.Side == side);
        if (size == default)
        {
            var nearest = Sizes.Select(size => size.Side).OrderBy(known => Math.Abs(known - height) + Math.Abs(known - side)).Select(known => $"{known}×{known}");
            throw new ComponentException($"{architecture} cannot make images of {side}×{height}; it makes {string.Join(", ", nearest)} (nearest first): resize the data");
        }
        Classes = !conditional ? null : spec.Data.Condition as ClassCondition
            ?? throw new ComponentException($"the option 'conditional' of {architecture} needs data with classes, but the data has {spec.Data.Condition}; "
                + "set it to false, or take labelled data (option 'labels' of the dataset)");
        (Side, Base, Stages) = size;
        Channels = image.Channels;
        Pack = spec.Pack;
    }

    /// <summary>The side of an image in pixels.</summary>
    public int Side { get; }

    /// <summary>The side of the innermost map, 4 or 7.</summary>
    public int Base { get; }

    /// <summary>How many times the side doubles from <see cref="Base"/> to <see cref="Side"/>.</summary>
    public int Stages { get; }

    /// <summary>The channels of an image.</summary>
    public int Channels { get; }

    /// <summary>How many images are packed at the discriminator's input.</summary>
    public int Pack { get; }

    /// <summary>The classes that the networks are told, or null.</summary>
    public ClassCondition? Classes { get; }

    /// <summary>What the model is conditioned on.</summary>
    public ConditionSpec Condition => Classes ?? ConditionSpec.None;

    /// <summary>The sides of all maps from the innermost to the image's own, <see cref="Stages"/> + 1 of them.</summary>
    public IReadOnlyList<int> Sides => [.. Enumerable.Range(0, Stages + 1).Select(stage => Base << stage)];

    /// <summary>The channels of all maps, as <see cref="Sides"/>: <paramref name="width"/> at the image's own resolution, twice as many at each half of it, and never more than <paramref name="greatestFactor"/> times as many.</summary>
    public IReadOnlyList<int> Widths(int width, int greatestFactor) =>
        [.. Enumerable.Range(0, Stages + 1).Select(stage => width * Math.Min(greatestFactor, 1 << (Stages - stage)))];
}
