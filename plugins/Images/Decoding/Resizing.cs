namespace PluginGan.Plugins.Images.Decoding;

/// <summary>Brings images to a size.</summary>
/// <param name="size">Rows and columns; 0 leaves images as they are.</param>
/// <param name="mode">What becomes of images that are not square.</param>
/// <param name="background">The value of what is filled up.</param>
internal sealed class Resizing(int size, ResizeMode mode, byte background)
{
    /// <summary>The size of what <see cref="Apply"/> gives for an image of a size.</summary>
    public (int Width, int Height) Of(int width, int height) => (size, mode) switch
    {
        (0, _) => (width, height),
        (_, ResizeMode.RandomCrop) => Scaled(width, height, Math.Min(width, height)),
        _ => (size, size),
    };

    /// <summary>The image at its new size.</summary>
    public Planes Apply(Planes image)
    {
        if (size == 0)
            return image;
        var (width, height) = mode switch
        {
            ResizeMode.Stretch => (size, size),
            ResizeMode.Pad => Scaled(image.Width, image.Height, Math.Max(image.Width, image.Height)),
            _ => Scaled(image.Width, image.Height, Math.Min(image.Width, image.Height)),
        };
        return mode switch
        {
            ResizeMode.Fit => Lanczos.Resample(image, new(image.Width, width, (width - size) / 2, size), new(image.Height, height, (height - size) / 2, size)),
            ResizeMode.Pad => Filled(Whole(image, width, height)),
            _ => Whole(image, width, height),
        };
    }

    private static Planes Whole(Planes image, int width, int height) => Lanczos.Resample(image, new(image.Width, width, 0, width), new(image.Height, height, 0, height));

    private (int Width, int Height) Scaled(int width, int height, int side) => (Scaled(width, side), Scaled(height, side));

    private int Scaled(int length, int side) => Math.Max(1, (int)Math.Round((double)length * size / side, MidpointRounding.AwayFromZero));

    private Planes Filled(Planes image)
    {
        if (image.Width == size && image.Height == size)
            return image;
        var values = new byte[image.Channels * size * size];
        Array.Fill(values, background);
        var (left, top) = ((size - image.Width) / 2, (size - image.Height) / 2);
        for (var channel = 0; channel < image.Channels; channel++)
            for (var row = 0; row < image.Height; row++)
                image.Values.AsSpan((channel * image.Height + row) * image.Width, image.Width).CopyTo(values.AsSpan((channel * size + top + row) * size + left));
        return new Planes(values, image.Channels, size, size);
    }
}
