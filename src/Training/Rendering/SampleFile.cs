using System.Globalization;
using System.Text;
using TorchSharp;
using static TorchSharp.torch;

namespace PluginGan.Training;

/// <summary>Writes samples as a person or a script would look at them: images as PNG, symbols as text, everything else as CSV; or as
/// arrays.</summary>
public static class SampleFile
{
    /// <summary>The extension of arrays for Python.</summary>
    public const string Arrays = ".npz";

    private const string Mixed = "# real and generated samples side by side, to look at: no data to learn from\n";

    /// <summary>The extension for that kind of sample: <c>.png</c>, <c>.txt</c> or <c>.csv</c>.</summary>
    public static string Extension(SampleSpec spec) => Extensions(spec)[0];

    /// <summary>All extensions that samples of that kind can be written with, the usual one first.</summary>
    public static IReadOnlyList<string> Extensions(SampleSpec spec) => spec switch
    {
        ImageSpec or VideoSpec => [.. ImageFile.Extensions, Arrays],
        SequenceSpec => [".txt", Arrays],
        // An array has no names of columns and categories.
        TableSpec => [".csv"],
        _ => [".csv", Arrays],
    };

    /// <summary>The extension for what shows real samples beside generated ones: of images the same, else that of a text that no program
    /// takes for data.</summary>
    public static string MixedExtension(SampleSpec spec) => spec is ImageSpec or VideoSpec ? Extension(spec) : ".txt";

    /// <summary>Encodes sections of samples into one file: for images a sheet, for a clip a row of its frames, else a line for each sample and a blank line between sections.</summary>
    /// <param name="sections">Each float32 [N, ...spec.Shape].</param>
    /// <param name="spec">What a sample is.</param>
    /// <param name="columns">Images in a row of a sheet.</param>
    /// <param name="provenance">What an image says of its origin, or null for nothing; text has no place for it.</param>
    /// <param name="extension">The format of images, one of <see cref="ImageFile.Extensions"/>.</param>
    public static byte[] Encode(IReadOnlyList<Tensor> sections, SampleSpec spec, int columns, ImageProvenance? provenance = null, string extension = ".png")
    {
        using var scope = NewDisposeScope();
        return spec switch
        {
            ImageSpec or VideoSpec => ImageFile.Encode(Draw(sections, spec, columns), extension, provenance),
            SequenceSpec sequence => Lines(sections, section => Symbols(section, sequence)),
            TableSpec table => Lines(sections, section => Rows(section, table), string.Join(',', table.Columns.Select(column => Cell(column.Name)))),
            _ => Lines(sections, section => Numbers(section)),
        };
    }

    /// <summary>Encodes what shows real samples beside generated ones: as <see cref="Encode"/> does, but text says so in its first
    /// line.</summary>
    /// <param name="sections">Each float32 [N, ...spec.Shape].</param>
    /// <param name="spec">What a sample is.</param>
    /// <param name="columns">Images in a row of a sheet.</param>
    /// <param name="provenance">What an image says of its origin, or null for nothing.</param>
    public static byte[] EncodeMixed(IReadOnlyList<Tensor> sections, SampleSpec spec, int columns, ImageProvenance? provenance) => spec is ImageSpec or VideoSpec
        ? Encode(sections, spec, columns, provenance)
        : [.. Encoding.UTF8.GetBytes(Mixed), .. Encode(sections, spec, columns)];

    /// <summary>
    /// Samples as an array: images and clips as bytes with the channels last ([N, H, W] where there is one channel), symbols as their
    /// indices, all else as it is.
    /// </summary>
    /// <param name="samples">float32 [N, ...spec.Shape].</param>
    /// <param name="spec">What a sample is.</param>
    public static Tensor Array(Tensor samples, SampleSpec spec) => spec switch
    {
        ImageSpec { Channels: 1 } or VideoSpec { Channels: 1 } => ImageGrid.Bytes(samples).squeeze(-3),
        ImageSpec or VideoSpec => ImageGrid.Bytes(samples).movedim([-3], [-1]),
        SequenceSpec => samples.detach().cpu().argmax(-1),
        _ => samples.detach().cpu().to(ScalarType.Float32),
    };

    /// <summary>Encodes one sample for a file of its own: an image as it is, one channel as a grey PNG; all else as <see cref="Encode"/>
    /// does it, to whose extension it keeps.</summary>
    /// <param name="sample">float32 [1, ...spec.Shape].</param>
    /// <param name="spec">What it is.</param>
    /// <param name="provenance">What an image says of its origin, or null for nothing.</param>
    public static byte[] EncodeSingle(Tensor sample, SampleSpec spec, ImageProvenance? provenance = null)
    {
        using var scope = NewDisposeScope();
        return spec is ImageSpec image ? Png.Encode(ImageGrid.DrawOne(sample[0]), provenance, grey: image.Channels == 1) : Encode([sample], spec, 1, provenance);
    }

    /// <summary>Draws sections of images or clips as <see cref="Encode"/> does, without encoding them.</summary>
    /// <param name="sections">Each float32 [N, ...spec.Shape].</param>
    /// <param name="spec">What a sample is.</param>
    /// <param name="columns">Images in a row of a sheet.</param>
    /// <param name="smallest">Narrower images are enlarged to that width or more.</param>
    public static RgbImage Draw(IReadOnlyList<Tensor> sections, SampleSpec spec, int columns, int smallest = ImageGrid.SmallestCell) => spec is VideoSpec video
        ? ImageGrid.Draw([.. sections.Select(section => section.flatten(0, 1))], video.Frames, smallest)
        : ImageGrid.Draw(sections, columns, smallest);

    private static byte[] Lines(IReadOnlyList<Tensor> sections, Func<Tensor, IEnumerable<string>> lines, string? heading = null)
    {
        var blocks = sections.Where(section => section.shape[0] > 0).Select(section => string.Join('\n', lines(section)));
        var text = string.Join("\n\n", blocks) + "\n";
        return Encoding.UTF8.GetBytes(heading is null ? text : $"{heading}\n{text}");
    }

    private static IEnumerable<string> Rows(Tensor samples, TableSpec table) => samples.detach().cpu().to(ScalarType.Float32).contiguous().data<float>().ToArray().Chunk(table.Columns.Count)
        .Select(row => string.Join(',', row.Zip(table.Columns, (value, column) => column.Categories is { } names ? Cell(names[Math.Clamp((int)Math.Round(value), 0, names.Count - 1)]) : Number(value))));

    // RFC 4180: what would end a cell stands in quotes.
    private static string Cell(string text) => text.AsSpan().ContainsAny(",\"\r\n") ? $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : text;

    private static string Number(float value) => value.ToString("R", CultureInfo.InvariantCulture);

    private static IEnumerable<string> Numbers(Tensor samples)
    {
        var rows = samples.detach().cpu().to(ScalarType.Float32).flatten(1).contiguous();
        var width = (int)rows.shape[1];
        return rows.data<float>().ToArray().Chunk(width).Select(row => string.Join(',', row.Select(Number)));
    }

    private static IEnumerable<string> Symbols(Tensor samples, SequenceSpec spec) =>
        samples.detach().cpu().argmax(-1).contiguous().data<long>().ToArray().Chunk(spec.Length).Select(row => string.Concat(row.Select(symbol => spec.Alphabet[(int)symbol])));
}
