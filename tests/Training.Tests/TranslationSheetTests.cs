using NUnit.Framework;
using static TorchSharp.torch;

namespace PluginGan.Training.Tests;

public class TranslationSheetTests
{
    [Test]
    public void Each_row_of_sources_stands_above_what_belongs_to_it()
    {
        using var scope = NewDisposeScope();
        var (sources, results) = (arange(5).reshape(5, 1, 1, 1), arange(10, 15).reshape(5, 1, 1, 1));

        var sections = TranslationSheet.Sections([sources, results], columns: 2);

        Assert.That(sections.Select(section => section.to(ScalarType.Int64).flatten().data<long>().ToArray()),
            Is.EqualTo(new long[][] { [0, 1], [10, 11], [2, 3], [12, 13], [4], [14] }));
    }

    [Test]
    public void Sources_of_another_size_and_number_of_channels_are_drawn_beside_white()
    {
        using var scope = NewDisposeScope();
        var (wide, narrow) = (zeros(2, 3, 60, 60), ones(2, 1, 56, 56).neg());

        var sheet = ImageGrid.Draw([wide, narrow], columns: 2);

        // Two images and three gaps of two pixels.
        Assert.That(sheet.Width, Is.EqualTo(2 * 60 + 6));
        Assert.That(sheet.Height, Is.EqualTo(60 + 4 + 10 + 56 + 4));
        Assert.That((Pixel(2, 2), Pixel(2, 60 + 4 + 10 + 2), Pixel(sheet.Width - 1, sheet.Height - 10)), Is.EqualTo(((byte)128, (byte)0, (byte)255)));

        byte Pixel(int x, int y) => sheet.Pixels[3 * (y * sheet.Width + x)];
    }
}
