using TorchSharp;
using static TorchSharp.torch;

namespace PluginGan.Training;

/// <summary>Images side by side, in rows from top to bottom.</summary>
public static class ImageGrid
{
    /// <summary>The least width of an image on a sheet that is looked at.</summary>
    public const int SmallestCell = 56;

    private const int Gap = 2;
    private const int SectionGap = 10;

    /// <summary>Draws sections of images under each other, each in rows of the same number of columns.</summary>
    /// <param name="sections">Each [rows · columns, C, H, W] in [-1, 1], the last row may be short; sizes may differ from section to section. One channel is drawn grey, three in colour, of any other number the first.</param>
    /// <param name="columns">Images in a row.</param>
    /// <param name="smallest">Narrower images are enlarged to that width or more.</param>
    public static RgbImage Draw(IReadOnlyList<Tensor> sections, int columns, int smallest = SmallestCell)
    {
        using var scope = NewDisposeScope();
        using var quiet = no_grad();
        var grids = sections.Where(section => section.shape[0] > 0).Select(section => Grid(section, columns, smallest)).ToList();
        // Sections of other images may be narrower.
        var widest = grids.Max(grid => grid.shape[2]);
        grids = [.. grids.Select(grid => grid.shape[2] == widest ? grid : cat([grid, full([3, grid.shape[1], widest - grid.shape[2]], (byte)255, dtype: ScalarType.Byte)], 2))];
        var stacked = new List<Tensor>();
        foreach (var grid in grids)
        {
            if (stacked.Count > 0)
                stacked.Add(full([3, SectionGap, grid.shape[2]], (byte)255, dtype: ScalarType.Byte));
            stacked.Add(grid);
        }
        var sheet = cat(stacked, 1).permute(1, 2, 0).contiguous();
        return new RgbImage((int)sheet.shape[1], (int)sheet.shape[0], sheet.data<byte>().ToArray());
    }

    /// <summary>The size of a section on a sheet, before anything is drawn.</summary>
    /// <param name="count">Images.</param>
    /// <param name="columns">Images in a row.</param>
    /// <param name="width">The width of an image.</param>
    /// <param name="height">The height of an image.</param>
    /// <param name="smallest">Narrower images are enlarged to that width or more.</param>
    public static (long Width, long Height) Size(long count, long columns, long width, long height, int smallest = SmallestCell)
    {
        var factor = Factor(width, smallest);
        return (columns * (factor * width + Gap) + Gap, (count + columns - 1) / columns * (factor * height + Gap) + Gap);
    }

    /// <summary>Draws one image, without a frame.</summary>
    /// <param name="image">[C, H, W] in [-1, 1].</param>
    /// <param name="smallest">A narrower or lower image is enlarged by a whole factor to that or more; 1 leaves it as it is.</param>
    public static RgbImage DrawOne(Tensor image, int smallest = 1)
    {
        using var scope = NewDisposeScope();
        using var quiet = no_grad();
        var pixels = Pixels(image.unsqueeze(0), (int)Math.Ceiling(smallest / (double)Math.Min(image.shape[1], image.shape[2])))[0].permute(1, 2, 0).contiguous();
        return new RgbImage((int)pixels.shape[1], (int)pixels.shape[0], pixels.data<byte>().ToArray());
    }

    private static int Factor(long width, int smallest) => Math.Max(1, (int)Math.Ceiling(smallest / (double)width));

    // byte [3, height, width], white between the images.
    private static Tensor Grid(Tensor images, int columns, int smallest)
    {
        var (across, down) = Size(images.shape[0], columns, images.shape[3], images.shape[2], smallest);
        var pixels = Pixels(images, Factor(images.shape[3], smallest));
        var (count, height, width) = (pixels.shape[0], pixels.shape[2], pixels.shape[3]);
        var grid = full([3, down, across], (byte)255, dtype: ScalarType.Byte);
        for (var index = 0L; index < count; index++)
            grid.narrow(1, Gap + index / columns * (height + Gap), height).narrow(2, Gap + index % columns * (width + Gap), width).copy_(pixels[index]);
        return grid;
    }

    /// <summary>The bytes, 0 to 255, of values in [-1, 1], on the CPU.</summary>
    public static Tensor Bytes(Tensor images) => images.detach().cpu().to(ScalarType.Float32).add(1).mul(127.5).round().clamp(0, 255).to(ScalarType.Byte);

    // byte [N, 3, H, W]; small images are enlarged by whole factors, so that their pixels stay sharp.
    private static Tensor Pixels(Tensor images, int factor)
    {
        var pixels = Bytes(images);
        pixels = pixels.shape[1] switch
        {
            3 => pixels,
            1 => pixels.expand(-1, 3, -1, -1),
            _ => pixels.narrow(1, 0, 1).expand(-1, 3, -1, -1),
        };
        return pixels.repeat_interleave(factor, 2).repeat_interleave(factor, 3);
    }
}
