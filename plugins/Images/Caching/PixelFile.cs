using System.Buffers.Binary;
using System.IO.MemoryMappedFiles;
using Microsoft.Win32.SafeHandles;

namespace PluginGan.Plugins.Images.Caching;

/// <summary>
/// A file of decoded images: their bytes [C, H, W] one after the other, then the index, then where the index begins and a mark. It is
/// written under another name and renamed when it is whole, so that a file under its own name is complete, and is exchanged safely while others read it.
/// </summary>
internal sealed class PixelFile : IDisposable
{
    private const int FooterLength = 16;
    private const ulong Mark = 0x3130_4C45_5849_5047; // "GPIXEL01"

    private readonly SafeFileHandle handle;

    private PixelFile(SafeFileHandle handle, PixelIndex index) => (this.handle, Index) = (handle, index);

    /// <summary>What it holds.</summary>
    public PixelIndex Index { get; }

    /// <summary>Opens a file if it is there, whole, and holds what is wanted; else null.</summary>
    public static PixelFile? TryOpen(string path, string key)
    {
        if (!File.Exists(path))
            return null;
        SafeFileHandle? handle = null;
        try
        {
            handle = File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete);
            if (ReadIndex(handle) is { } index && index.Key == key)
                return new PixelFile(handle, index);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // What cannot be read is made anew.
        }
        handle?.Dispose();
        return null;
    }

    /// <summary>Writes the index of images that have been written, and opens them.</summary>
    /// <param name="handle">The file; it belongs to the result.</param>
    /// <param name="end">Where the images end.</param>
    /// <param name="index">The index.</param>
    public static PixelFile Complete(SafeFileHandle handle, long end, PixelIndex index)
    {
        var bytes = index.ToBytes();
        RandomAccess.Write(handle, bytes, end);
        Span<byte> footer = stackalloc byte[FooterLength];
        BinaryPrimitives.WriteInt64LittleEndian(footer, end);
        BinaryPrimitives.WriteUInt64LittleEndian(footer[8..], Mark);
        RandomAccess.Write(handle, footer, end + bytes.Length);
        return new PixelFile(handle, index);
    }

    /// <summary>Reads bytes of the file, all that are asked for.</summary>
    /// <exception cref="EndOfStreamException">The file ends before.</exception>
    public void Read(Span<byte> into, long offset) => ReadFully(handle, into, offset);

    /// <summary>Maps the images into the address space.</summary>
    public MemoryMappedFile Map() => MemoryMappedFile.CreateFromFile(handle, null, 0, MemoryMappedFileAccess.Read, HandleInheritability.None, leaveOpen: true);

    /// <inheritdoc/>
    public void Dispose() => handle.Dispose();

    private static PixelIndex? ReadIndex(SafeFileHandle handle)
    {
        var length = RandomAccess.GetLength(handle);
        if (length < FooterLength)
            return null;
        Span<byte> footer = stackalloc byte[FooterLength];
        ReadFully(handle, footer, length - FooterLength);
        var begin = BinaryPrimitives.ReadInt64LittleEndian(footer);
        if (BinaryPrimitives.ReadUInt64LittleEndian(footer[8..]) != Mark || begin < 0 || begin > length - FooterLength || length - begin > Array.MaxLength)
            return null;
        var bytes = new byte[length - FooterLength - begin];
        ReadFully(handle, bytes, begin);
        return PixelIndex.From(bytes);
    }

    private static void ReadFully(SafeFileHandle handle, Span<byte> into, long offset)
    {
        while (into.Length > 0)
        {
            var read = RandomAccess.Read(handle, into, offset);
            if (read == 0)
                throw new EndOfStreamException();
            into = into[read..];
            offset += read;
        }
    }
}
