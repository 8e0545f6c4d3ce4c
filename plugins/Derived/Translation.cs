using TorchSharp;
using static TorchSharp.torch;

namespace PluginGan.Plugins.Derived;

/// <summary>Makes what a translation starts from out of what it arrives at.</summary>
internal sealed class Translation
{
    // So many images are worked on at once: an evaluation reads thousands, which as numbers take four times the room that they have as bytes.
    private const int Chunk = 256;

    // Rec. 601, as JPEG has it.
    private static readonly float[] Luminance = [0.299f, 0.587f, 0.114f];

    // Numbers that libtorch reads outlive their calls: batches are read beside the training.
    private static readonly Scalar Black = 0f;
    private static readonly Scalar White = 255f;
    private static readonly Scalar Middle = 127f;
    private static readonly Scalar Strongest = 1 / 4f;
    private static readonly Scalar Minus = -1f;
    private static readonly Scalar One = 1f;

    private readonly TranslationOptions options;
    private readonly ImageSpec target;
    private readonly Scalar deviation;

    /// <param name="options">The task and how strong it is.</param>
    /// <param name="target">What the translation arrives at.</param>
    /// <param name="name">The dataset of these, for messages.</param>
    /// <exception cref="ComponentException">The task needs colours and there are none.</exception>
    public Translation(TranslationOptions options, ImageSpec target, string name)
    {
        (this.options, this.target, deviation) = (options, target, (float)(127.5 * options.Noise));
        if (options.Task == TranslationTask.GreyToColour && target.Channels != Luminance.Length)
            throw new ComponentException($"the task 'greyToColour' takes RGB images, but those of '{name}' have {(target.Channels == 1 ? "1 channel" : $"{target.Channels} channels")}");
    }

    /// <summary>What a translation starts from.</summary>
    public ImageSpec Source => options.Task is TranslationTask.EdgesToImage or TranslationTask.GreyToColour ? target with { Channels = 1 } : target;

    /// <summary>The images that a translation starts from, as bytes. What is drawn for an image depends on its index and the seed, not on the batch.</summary>
    /// <param name="images">uint8 [N, C, H, W].</param>
    /// <param name="indices">Which images these are.</param>
    /// <param name="seed">For noise and for where squares lie.</param>
    public Tensor Apply(Tensor images, ReadOnlySpan<long> indices, ulong seed)
    {
        using var scope = NewDisposeScope();
        var made = new List<Tensor>();
        for (var from = 0; from < indices.Length; from += Chunk)
        {
            using var inner = NewDisposeScope();
            var some = indices.Slice(from, Math.Min(Chunk, indices.Length - from));
            made.Add(Made(images.narrow(0, from, some.Length), some, Streams.Of(seed, Streams.Translations)).round().clamp(Black, White).to(ScalarType.Byte).MoveToOuterDisposeScope());
        }
        return (made.Count == 1 ? made[0] : cat(made)).MoveToOuterDisposeScope();
    }

    // float32 [N, C, H, W], not yet in range
    private Tensor Made(Tensor images, ReadOnlySpan<long> indices, ulong seed)
    {
        using var draws = Draws.Begin(seed, indices);
        return options.Task switch
        {
            TranslationTask.EdgesToImage => Edges(Grey(images)),
            TranslationTask.GreyToColour => Grey(images),
            TranslationTask.NoisyToClean => images.to(ScalarType.Float32).add(Draws.Normal(indices.Length, [target.Channels, target.Height, target.Width]), deviation),
            _ => Masked(images, Draws.Uniform(indices.Length, [2])),
        };
    }

    // float32 [N, 1, H, W], 0 to 255
    private static Tensor Grey(Tensor images) => images.shape[1] == Luminance.Length
        ? images.to(ScalarType.Float32).mul(tensor(Luminance).view(1, -1, 1, 1)).sum(1, keepdim: true)
        : images.to(ScalarType.Float32).mean([1], keepdim: true);

    // Sobel's operator; a step from black to white is 4 · 255 strong.
    private static Tensor Edges(Tensor grey)
    {
        var across = tensor(new float[] { -1, 0, 1, -2, 0, 2, -1, 0, 1 }).view(1, 1, 3, 3);
        var padded = nn.functional.pad(grey, [1, 1, 1, 1], PaddingModes.Replicate);
        var horizontal = nn.functional.conv2d(padded, across);
        var vertical = nn.functional.conv2d(padded, across.transpose(2, 3));
        return horizontal.mul(horizontal).addcmul(vertical, vertical, One).sqrt().mul(Strongest).mul(Minus).add(White, One);
    }

    private Tensor Masked(Tensor images, Tensor corners)
    {
        var (count, height, width) = (images.shape[0], target.Height, target.Width);
        var side = Math.Sqrt(options.Mask);
        var (tall, wide) = ((int)Math.Round(side * height), (int)Math.Round(side * width));
        var hidden = Within(corners.select(1, 0), height, tall).view(count, 1, height, 1).logical_and(Within(corners.select(1, 1), width, wide).view(count, 1, 1, width));
        return images.to(ScalarType.Float32).masked_fill(hidden, Middle);
    }

    // bool [N, length]: a stretch that begins anywhere as long as it fits.
    private static Tensor Within(Tensor place, int length, int stretch)
    {
        using Scalar starts = length - stretch + 1;
        using Scalar last = length - stretch;
        using Scalar size = stretch;
        var first = place.mul(starts).floor().clamp(Black, last).unsqueeze(1);
        var along = arange(length).unsqueeze(0);
        return along.ge(first).logical_and(along.lt(first.add(size, One)));
    }
}
