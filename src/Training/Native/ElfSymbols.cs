using System.Buffers.Binary;
using System.Text;

namespace PluginGan.Training;

/// <summary>The dynamic symbols of an ELF library (64 bits, little-endian): what it asks of others and what it offers.</summary>
internal sealed class ElfSymbols
{
    private const int SymbolSize = 24;
    private const uint SymbolSection = 11;
    private const uint VersionSection = 0x6fffffff;

    private readonly byte[] symbols = [];
    private readonly byte[] names = [];
    private readonly byte[] versions = [];

    /// <exception cref="InvalidDataException">The file is no such library.</exception>
    public ElfSymbols(string path)
    {
        using var file = File.OpenHandle(path);
        var head = Read(file, 0, 64, path);
        if (!head.AsSpan(0, 6).SequenceEqual<byte>([0x7f, (byte)'E', (byte)'L', (byte)'F', 2, 1]))
            throw new InvalidDataException($"'{path}' is not an ELF library of 64 bits");
        var size = BinaryPrimitives.ReadUInt16LittleEndian(head.AsSpan(0x3a));
        var sections = Read(file, BinaryPrimitives.ReadInt64LittleEndian(head.AsSpan(0x28)), size * BinaryPrimitives.ReadUInt16LittleEndian(head.AsSpan(0x3c)), path);
        for (var at = 0; at < sections.Length; at += size)
        {
            switch (BinaryPrimitives.ReadUInt32LittleEndian(sections.AsSpan(at + 4)))
            {
                case SymbolSection:
                    symbols = Content(at);
                    names = Content((int)BinaryPrimitives.ReadUInt32LittleEndian(sections.AsSpan(at + 0x28)) * size);
                    break;
                case VersionSection:
                    versions = Content(at);
                    break;
            }
        }

        byte[] Content(int section) => Read(
            file, BinaryPrimitives.ReadInt64LittleEndian(sections.AsSpan(section + 0x18)), checked((int)BinaryPrimitives.ReadInt64LittleEndian(sections.AsSpan(section + 0x20))), path);
    }

    /// <summary>What the library cannot do without and asks of no particular version of another library: the C and C++ runtimes have versions, libtorch has none.</summary>
    public HashSet<string> Required() => [.. Symbols().Where(symbol => !symbol.Defined && symbol.Binding == 1 && symbol.Version <= 1).Select(symbol => Name(symbol.Name))];

    /// <summary>Takes from a set of names those that the library offers.</summary>
    public void RemoveOffered(HashSet<string> wanted)
    {
        foreach (var symbol in Symbols())
            if (symbol.Defined && symbol.Binding != 0)
                wanted.Remove(Name(symbol.Name));
    }

    private IEnumerable<(int Name, int Binding, bool Defined, int Version)> Symbols()
    {
        for (var at = 0; at + SymbolSize <= symbols.Length; at += SymbolSize)
        {
            var version = at / SymbolSize * 2;
            yield return (
                BinaryPrimitives.ReadInt32LittleEndian(symbols.AsSpan(at)),
                symbols[at + 4] >> 4,
                BinaryPrimitives.ReadUInt16LittleEndian(symbols.AsSpan(at + 6)) != 0,
                version + 2 <= versions.Length ? BinaryPrimitives.ReadUInt16LittleEndian(versions.AsSpan(version)) & 0x7fff : 0);
        }
    }

    private string Name(int at)
    {
        var rest = names.AsSpan(at);
        return Encoding.ASCII.GetString(rest[..rest.IndexOf((byte)0)]);
    }

    private static byte[] Read(Microsoft.Win32.SafeHandles.SafeFileHandle file, long offset, int length, string path)
    {
        var bytes = new byte[length];
        for (var read = 0; read < length;)
        {
            var more = RandomAccess.Read(file, bytes.AsSpan(read), offset + read);
            if (more == 0)
                throw new InvalidDataException($"'{path}' ends in the middle");
            read += more;
        }
        return bytes;
    }
}
