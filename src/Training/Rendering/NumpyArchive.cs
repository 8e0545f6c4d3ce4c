using System.IO.Compression;
using System.Text;
using TorchSharp;
using static TorchSharp.torch;

namespace PluginGan.Training;

/// <summary>
/// Writes arrays as <c>numpy.savez</c> does: a zip file with an array in NumPy's format for each name
/// (https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html). Equal arrays give equal files.
/// </summary>
public static class NumpyArchive
{
    private const int BytesAtOnce = 16 << 20;
    private const int HeaderMultiple = 64;

    // Times in a zip file begin there.
    private static readonly DateTimeOffset NoTime = new(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>Writes an archive.</summary>
    /// <param name="target">Where to.</param>
    /// <param name="arrays">Each uint8, int64 or float32, of one dimension or more.</param>
    /// <param name="provenance">What the archive says of the origin of images, as XMP in the comment of the zip file; null for nothing.</param>
    public static void Write(Stream target, IReadOnlyDictionary<string, Tensor> arrays, ImageProvenance? provenance = null)
    {
        using var archive = new ZipArchive(target, ZipArchiveMode.Create, leaveOpen: true);
        // An entry of the archive would be an array to NumPy.
        if (provenance is not null)
            archive.Comment = provenance.Xmp();
        foreach (var (name, values) in arrays)
        {
            using var entry = Entry(archive, $"{name}.npy");
            Write(entry, values);
        }
    }

    private static Stream Entry(ZipArchive archive, string name)
    {
        // Not compressed: other programs can map it into memory.
        var entry = archive.CreateEntry(name, CompressionLevel.NoCompression);
        entry.LastWriteTime = NoTime;
        return entry.Open();
    }

    private static void Write(Stream target, Tensor values)
    {
        target.Write(Header(values));
        if (values.NumberOfElements == 0)
            return;
        var row = values.NumberOfElements / values.shape[0] * values.element_size();
        var rows = Math.Max(1, BytesAtOnce / row);
        for (var from = 0L; from < values.shape[0]; from += rows)
        {
            using var scope = NewDisposeScope();
            target.Write(values.narrow(0, from, Math.Min(rows, values.shape[0] - from)).detach().cpu().contiguous().bytes);
        }
    }

    private static byte[] Header(Tensor values)
    {
        var type = values.dtype switch
        {
            ScalarType.Byte => "|u1",
            ScalarType.Int64 => "<i8",
            ScalarType.Float32 => "<f4",
            var other => throw new ArgumentException($"arrays of {other} are not written", nameof(values)),
        };
        var text = $"{{'descr': '{type}', 'fortran_order': False, 'shape': ({string.Concat(values.shape.Select(size => $"{size}, "))}), }}";
        // Magic, version and length take ten bytes; the elements begin at a multiple.
        var length = (10 + text.Length + 1 + HeaderMultiple - 1) / HeaderMultiple * HeaderMultiple - 10;
        var padded = Encoding.ASCII.GetBytes(text.PadRight(length - 1) + "\n");
        return [0x93, .. "NUMPY"u8, 1, 0, (byte)length, (byte)(length >> 8), .. padded];
    }
}
