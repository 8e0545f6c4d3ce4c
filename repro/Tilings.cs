using System.IO.Compression;
using System.Reflection;
using PluginGan.Training;

namespace PluginGan.Repro;

/// <summary>Real pictures of some size: images of the Fashion-MNIST test set side by side, enlarged by cubic interpolation.</summary>
internal sealed class Tilings(int seed)
{
    private const int Side = 28;
    private const int Header = 16;

    private readonly Random random = new(seed);
    private readonly byte[] images = Read();

    /// <summary>The folder of the repository.</summary>
    public static string Repository { get; } =
        typeof(Tilings).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(attribute => attribute.Key == "Repository").Value!;

    /// <summary>A grey one: so many images in a row and rows, at that width and height.</summary>
    public RgbImage Grey(int tiles, int size)
    {
        var plane = Plane(tiles);
        return Enlarged([plane, plane, plane], tiles, size);
    }

    /// <summary>One whose red, green and blue are different tilings.</summary>
    public RgbImage Colour(int tiles, int size) => Enlarged([Plane(tiles), Plane(tiles), Plane(tiles)], tiles, size);

    /// <summary>An image without its border.</summary>
    public static RgbImage Within(RgbImage image, int border)
    {
        var (width, height) = (image.Width - 2 * border, image.Height - 2 * border);
        var pixels = Enumerable.Range(border, height).SelectMany(row => image.Pixels.Skip(3 * (row * image.Width + border)).Take(3 * width));
        return new RgbImage(width, height, [.. pixels]);
    }

    private static RgbImage Enlarged(byte[][] planes, int tiles, int size)
    {
        var side = tiles * Side;
        var pixels = new byte[3 * side * side];
        for (var index = 0; index < pixels.Length; index++)
            pixels[index] = planes[index % 3][index / 3];
        return Png.Resize(new RgbImage(side, side, pixels), size, size, smooth: true);
    }

    private byte[] Plane(int tiles)
    {
        var side = tiles * Side;
        var plane = new byte[side * side];
        for (var tile = 0; tile < tiles * tiles; tile++)
        {
            var from = random.Next(images.Length / Side / Side) * Side * Side;
            for (var row = 0; row < Side; row++)
                images.AsSpan(from + row * Side, Side).CopyTo(plane.AsSpan((tile / tiles * Side + row) * side + tile % tiles * Side));
        }
        return plane;
    }

    // IDX: sixteen bytes of magic number and sizes, then the pixels.
    private static byte[] Read()
    {
        using var packed = new GZipStream(File.OpenRead(Path.Combine(Repository, "plugins", "Mnist", "Data", "t10k-images-idx3-ubyte.gz")), CompressionMode.Decompress);
        using var file = new MemoryStream();
        packed.CopyTo(file);
        return file.ToArray()[Header..];
    }
}
