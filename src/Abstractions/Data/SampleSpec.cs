using System.Text.Json.Serialization;

namespace PluginGan;

/// <summary>One sample, without the batch dimension, as a model sees it. Saved with the run, so that samples can be drawn and shown without the dataset.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(ImageSpec), "image")]
[JsonDerivedType(typeof(VideoSpec), "video")]
[JsonDerivedType(typeof(SeriesSpec), "series")]
[JsonDerivedType(typeof(SequenceSpec), "sequence")]
[JsonDerivedType(typeof(TableSpec), "table")]
[JsonDerivedType(typeof(VectorSpec), "vector")]
public abstract record SampleSpec
{
    /// <summary>Which kind of sample this is.</summary>
    [JsonIgnore]
    public abstract SampleKind Kind { get; }

    /// <summary>The shape of one sample as float32, without the batch dimension.</summary>
    [JsonIgnore]
    public abstract IReadOnlyList<long> Shape { get; }

    /// <summary>As people read it: of images width × height, though their shape has the height first.</summary>
    public sealed override string ToString() => this switch
    {
        ImageSpec image => $"image {image.Width}×{image.Height} ({Channels(image.Channels)})",
        VideoSpec video => $"video {video.Width}×{video.Height} of {video.Frames} frames ({Channels(video.Channels)})",
        _ => $"{Kind.ToString().ToLowerInvariant()} {string.Join("×", Shape)}",
    };

    private static string Channels(int count) => count == 1 ? "1 channel" : $"{count} channels";
}

/// <summary>An image, [C, H, W], values in [-1, 1]. A dataset may store it as bytes 0 to 255; the host scales them.</summary>
/// <param name="Channels">1 for grey, 3 for RGB.</param>
/// <param name="Height">Rows.</param>
/// <param name="Width">Columns.</param>
public sealed record ImageSpec(int Channels, int Height, int Width) : SampleSpec
{
    /// <inheritdoc/>
    [JsonIgnore]
    public override SampleKind Kind => SampleKind.Image;

    /// <inheritdoc/>
    [JsonIgnore]
    public override IReadOnlyList<long> Shape => [Channels, Height, Width];
}

/// <summary>A clip, [F, C, H, W], values in [-1, 1]. A dataset may store it as bytes 0 to 255; the host scales them.</summary>
/// <param name="Frames">Frames in a clip.</param>
/// <param name="Channels">1 for grey, 3 for RGB.</param>
/// <param name="Height">Rows.</param>
/// <param name="Width">Columns.</param>
/// <param name="FramesPerSecond">The speed at which it is shown.</param>
public sealed record VideoSpec(int Frames, int Channels, int Height, int Width, double FramesPerSecond) : SampleSpec
{
    /// <inheritdoc/>
    [JsonIgnore]
    public override SampleKind Kind => SampleKind.Video;

    /// <inheritdoc/>
    [JsonIgnore]
    public override IReadOnlyList<long> Shape => [Frames, Channels, Height, Width];
}

/// <summary>A time series of real values, [Length, Channels].</summary>
/// <param name="Length">Time steps.</param>
/// <param name="Channels">Values at each step.</param>
public sealed record SeriesSpec(int Length, int Channels) : SampleSpec
{
    /// <inheritdoc/>
    [JsonIgnore]
    public override SampleKind Kind => SampleKind.Series;

    /// <inheritdoc/>
    [JsonIgnore]
    public override IReadOnlyList<long> Shape => [Length, Channels];
}

/// <summary>A sequence of symbols, [Length, Alphabet.Count], one-hot or probabilities. A dataset stores indices, int64 [Length]; the host makes them one-hot.</summary>
/// <param name="Length">Symbols in a sample.</param>
/// <param name="Alphabet">The symbols in the order of their indices.</param>
public sealed record SequenceSpec(int Length, IReadOnlyList<string> Alphabet) : SampleSpec
{
    /// <inheritdoc/>
    [JsonIgnore]
    public override SampleKind Kind => SampleKind.Sequence;

    /// <inheritdoc/>
    [JsonIgnore]
    public override IReadOnlyList<long> Shape => [Length, Alphabet.Count];
}

/// <summary>A row of a table, [Columns.Count]: a number for a continuous column, the index of the category for a categorical one.</summary>
/// <param name="Columns">The columns in order.</param>
public sealed record TableSpec(IReadOnlyList<ColumnSpec> Columns) : SampleSpec
{
    /// <inheritdoc/>
    [JsonIgnore]
    public override SampleKind Kind => SampleKind.Table;

    /// <inheritdoc/>
    [JsonIgnore]
    public override IReadOnlyList<long> Shape => [Columns.Count];
}

/// <summary>A point, [Size], of any range.</summary>
/// <param name="Size">Coordinates.</param>
public sealed record VectorSpec(int Size) : SampleSpec
{
    /// <inheritdoc/>
    [JsonIgnore]
    public override SampleKind Kind => SampleKind.Vector;

    /// <inheritdoc/>
    [JsonIgnore]
    public override IReadOnlyList<long> Shape => [Size];
}
