using System.Buffers.Binary;
using System.IO.Compression;

namespace PluginGan.Plugins.Tests.Mnist;

/// <summary>Writes IDX files of unsigned bytes, by the description of the format and not by the code under test.</summary>
internal static class IdxFile
{
    public static byte[] Bytes(int[] sizes, byte[] values)
    {
        var file = new List<byte> { 0, 0, 8, (byte)sizes.Length };
        var size = new byte[4];
        foreach (var value in sizes)
        {
            BinaryPrimitives.WriteInt32BigEndian(size, value);
            file.AddRange(size);
        }
        return [.. file, .. values];
    }

    /// <summary>Images in which every byte tells its position.</summary>
    public static byte[] Images(int count, int height, int width) =>
        Bytes([count, height, width], [.. Enumerable.Range(0, count * height * width).Select(position => (byte)position)]);

    /// <summary>Labels 0 to 9, over and over.</summary>
    public static byte[] Labels(int count) => Bytes([count], [.. Enumerable.Range(0, count).Select(position => (byte)(position % 10))]);

    public static byte[] Gzip(byte[] content)
    {
        using var archive = new MemoryStream();
        using (var gzip = new GZipStream(archive, CompressionMode.Compress))
            gzip.Write(content);
        return archive.ToArray();
    }
}
