using System.IO.Compression;
using System.Text;
using SkiaSharp;

namespace PluginGan.Host.Tests;

/// <summary>Small files of every format that a shipped dataset reads.</summary>
internal sealed class DataFiles : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("plugingan-data-");

    public string Folder => folder.FullName;

    public string Text(string name, string content)
    {
        var path = In(name);
        File.WriteAllText(path, content);
        return path;
    }

    public string Image(string name, byte grey = 100)
    {
        using var bitmap = new SKBitmap(8, 8);
        bitmap.Erase(new SKColor(grey, (byte)(grey / 2), 0));
        using var png = bitmap.Encode(SKEncodedImageFormat.Png, 100);
        File.WriteAllBytes(In(name), png.ToArray());
        return In(name);
    }

    /// <summary>MNIST's two files for a split: ten images of 4×4, one of each class.</summary>
    public void Idx(string name, string split)
    {
        File.WriteAllBytes(In($"{name}/{split}-images-idx3-ubyte"), [0, 0, 8, 3, 0, 0, 0, 10, 0, 0, 0, 4, 0, 0, 0, 4, .. new byte[160]]);
        File.WriteAllBytes(In($"{name}/{split}-labels-idx1-ubyte"), [0, 0, 8, 1, 0, 0, 0, 10, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
    }

    public string Npz(string name)
    {
        using var archive = ZipFile.Open(In(name), ZipArchiveMode.Create);
        foreach (var split in new[] { "train", "test" })
        {
            using var entry = archive.CreateEntry($"{split}_images.npy").Open();
            var header = "{'descr': '|u1', 'fortran_order': False, 'shape': (3, 4, 4), }".PadRight(117) + "\n";
            entry.Write([0x93, .. "NUMPY"u8, 1, 0, (byte)header.Length, 0, .. Encoding.ASCII.GetBytes(header), .. new byte[48]]);
        }
        return In(name);
    }

    public void Dispose() => folder.Delete(recursive: true);

    private string In(string name)
    {
        var path = Path.Combine(Folder, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        return path;
    }
}
