using TorchSharp;
using static TorchSharp.torch;

namespace PluginGan.Plugins.Derived;

/// <summary>Makes what a translation starts from out of what it arrives at.</summary>
internal sealed class Translation
{
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

    /// <summary>The images that a translation starts from, as bytes.</summary>
    /// <param name="images">uint8 [N, C, H, W].</param>
    /// <param name="seed">For noise and for where squares lie.</param>
    public Tensor Apply(Tensor images, ulong seed)
    {
        using var scope = NewDisposeScope();
        using var generator = new Generator(seed, CPU);
        var made = options.Task switch
        {
            TranslationTask.EdgesToImage => Edges(Grey(images)),
            TranslationTask.GreyToColour => Grey(images),
            TranslationTask.NoisyToClean => images.to(ScalarType.Float32).add(randn(images.shape, generator: generator), deviation),
            _ => Masked(images, generator),
        };
        return made.round().clamp(Black, White).to(ScalarType.Byte).MoveToOuterDisposeScope();
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

    private Tensor Masked(Tensor images, Generator generator)
    {
        var (count, height, width) = (images.shape[0], target.Height, target.Width);
        var side = Math.Sqrt(options.Mask);
        var (tall, wide) = ((int)Math.Round(side * height), (int)Math.Round(side * width));
        var corners = rand([count, 2], generator: generator);
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
