using System.Text;
using NUnit.Framework;
using SkiaSharp;
using static TorchSharp.torch;

namespace PluginGan.Training.Tests;

public class SampleFileTests
{
    [Test]
    public void A_sheet_shows_its_sections_under_each_other_with_every_image_in_its_place()
    {
        using var scope = NewDisposeScope();
        // Real: black and white; generated: grey, grey, white. Two columns, cells of 56 pixels.
        var real = tensor(new float[] { -1, 1 }).reshape(2, 1, 1, 1).expand(2, 1, 28, 28);
        var generated = tensor(new float[] { 0, 0, 1 }).reshape(3, 1, 1, 1).expand(3, 1, 28, 28);

        using var sheet = SKBitmap.Decode(SampleFile.Encode([real, generated], new ImageSpec(1, 28, 28), columns: 2));

        int Cell(int row, int column, int top) => sheet.GetPixel(2 + column * 58 + 28, top + 2 + row * 58 + 28).Green;
        Assert.Multiple(() =>
        {
            Assert.That((sheet.Width, sheet.Height), Is.EqualTo((2 * 58 + 2, 60 + 10 + 2 * 58 + 2)));
            Assert.That((Cell(0, 0, 0), Cell(0, 1, 0)), Is.EqualTo((0, 255)));
            Assert.That((Cell(0, 0, 70), Cell(0, 1, 70), Cell(1, 0, 70)), Is.EqualTo((128, 128, 255)));
        });
    }

    [Test]
    public void An_image_in_a_file_of_its_own_has_its_own_size_and_channels()
    {
        using var scope = NewDisposeScope();
        var grey = linspace(-1, 1, 12).reshape(1, 1, 3, 4);
        var colours = linspace(-1, 1, 36).reshape(1, 3, 3, 4);

        using var one = SKBitmap.Decode(SampleFile.EncodeSingle(grey, new ImageSpec(1, 3, 4)));
        using var three = SKBitmap.Decode(SampleFile.EncodeSingle(colours, new ImageSpec(3, 3, 4)));

        Assert.That((one.Width, one.Height, one.ColorType), Is.EqualTo((4, 3, SKColorType.Gray8)));
        Assert.That(one.Bytes.Where((_, at) => at % one.RowBytes < 4).Select(value => value / 127.5f - 1), Is.EqualTo(grey.data<float>().ToArray()).Within(0.004f));
        Assert.That((three.Width, three.Height), Is.EqualTo((4, 3)));
        Assert.That(three.GetPixel(3, 2).Blue, Is.EqualTo(255));
    }

    [Test]
    public void Colours_come_out_as_they_went_in()
    {
        using var scope = NewDisposeScope();
        var image = tensor(new float[] { 1, -0.2f, -1 }).reshape(1, 3, 1, 1).expand(1, 3, 64, 64);

        using var sheet = SKBitmap.Decode(SampleFile.Encode([image], new ImageSpec(3, 64, 64), columns: 1));

        Assert.That(sheet.GetPixel(30, 30), Is.EqualTo(new SKColor(255, 102, 0)));
    }

    [Test]
    public void Rows_of_a_table_stand_under_its_headings_with_the_names_of_their_categories()
    {
        using var scope = NewDisposeScope();
        var spec = new TableSpec([new ColumnSpec("age", null), new ColumnSpec("colour", ["red", "blue"])]);

        var text = Encoding.UTF8.GetString(SampleFile.Encode([tensor(new float[] { 30.5f, 1, -2, 0 }).reshape(2, 2)], spec, 1));

        Assert.That(text, Is.EqualTo("age,colour\n30.5,blue\n-2,red\n"));
    }

    [Test]
    public void Names_that_would_end_a_cell_are_quoted()
    {
        using var scope = NewDisposeScope();
        var spec = new TableSpec([new ColumnSpec("so, or \"so\"", ["Łódź", "a,b", "two\nlines"]), new ColumnSpec("x", null)]);

        var text = Encoding.UTF8.GetString(SampleFile.Encode([tensor(new float[] { 0, 1, 1, 2, 2, 3 }).reshape(3, 2)], spec, 1));

        Assert.That(text, Is.EqualTo("\"so, or \"\"so\"\"\",x\nŁódź,1\n\"a,b\",2\n\"two\nlines\",3\n"));
    }

    [Test]
    public void Sequences_are_written_in_their_alphabet()
    {
        using var scope = NewDisposeScope();
        var spec = new SequenceSpec(3, ["A", "C", "G"]);
        var samples = Scaling.Samples(tensor(new long[] { 2, 0, 1, 1, 1, 1 }).reshape(2, 3), spec);

        Assert.That(Encoding.UTF8.GetString(SampleFile.Encode([samples], spec, 1)), Is.EqualTo("GAC\nCCC\n"));
    }
}
