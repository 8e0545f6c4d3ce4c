using System.Buffers.Binary;
using System.IO.Compression;

namespace PluginGan.Plugins.Images.Npz;

/// <summary>NumPy's archive: a zip file with one array, NAME.npy, for each name.</summary>
internal sealed class NpzFile : IDisposable
{
    private const string Suffix = ".npy";

    private readonly string path;
    private readonly long memory;
    private readonly ZipArchive archive;

    /// <param name="path">The file.</param>
    /// <param name="memory">The bytes that its arrays may take.</param>
    /// <exception cref="ComponentException">There is no such file, or it is no zip file.</exception>
    public NpzFile(string path, long memory)
    {
        (this.path, this.memory) = (path, memory);
        if (!File.Exists(path))
            throw new ComponentException($"the option 'path' names the file {path}, which does not exist{(Directory.Exists(path) ? ": it is a folder" : "")}");
        try
        {
            archive = new ZipArchive(DataFile.Open(path));
        }
        catch (Exception error) when (error is InvalidDataException or IOException or UnauthorizedAccessException)
        {
            throw new ComponentException($"{path} cannot be read as an .npz file, as numpy.savez writes them: {error.Message}", error);
        }
    }

    /// <summary>The names of the arrays.</summary>
    public IReadOnlyList<string> Names => [.. archive.Entries.Select(entry => entry.FullName).Where(name => name.EndsWith(Suffix, StringComparison.Ordinal)).Select(name => name[..^Suffix.Length])];

    /// <summary>Reads an array.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="read">Reads the elements, in C order and little endian, that the header announces. The stream may end early.</param>
    /// <exception cref="ComponentException">There is no such array, it is of another order, or it is damaged.</exception>
    /// <remarks>All of the array is read, whatever <paramref name="read"/> takes of it, so that its checksum can be compared.</remarks>
    public T Read<T>(string name, Func<NpyHeader, Stream, T> read)
    {
        var entry = archive.GetEntry(name + Suffix) ?? throw new ComponentException($"{path} has no array '{name}'; it has {(Names.Count > 0 ? string.Join(", ", Names) : "none")}");
        var source = Describe(name);
        try
        {
            using var stream = new CheckedStream(entry.Open());
            var header = NpyHeader.Read(stream, source);
            if (header.Type.Contains('O', StringComparison.Ordinal))
                throw new ComponentException($"{source} holds pickled Python objects, which are not read: they could run code; save it as numbers");
            if (header.IsFortran && header.Shape.Count(size => size > 1) > 1)
                throw new ComponentException($"{source} is in Fortran's order; save numpy.ascontiguousarray of it");
            if (stream.Position + header.Length > entry.Length)
            {
                throw new ComponentException(
                    $"{source} is truncated: its header claims {header.Length} bytes, "
                    + $"but the archive holds {entry.Length - stream.Position} of it");
            }
            var result = read(header, stream);
            try
            {
                stream.CopyTo(Stream.Null);
                if (stream.Sum != entry.Crc32)
                {
                    throw new ComponentException(
                        $"{source} is damaged: its checksum is {stream.Sum:x8}, but the archive says {entry.Crc32:x8}; "
                        + "fetch or write the file again");
                }
            }
            catch
            {
                (result as IDisposable)?.Dispose();
                throw;
            }
            return result;
        }
        catch (EndOfStreamException error)
        {
            throw new ComponentException($"{source} is truncated: it ends before what its header claims", error);
        }
        catch (Exception error) when (error is InvalidDataException or IOException or OverflowException)
        {
            throw new ComponentException($"{source} is damaged: {error.Message}", error);
        }
    }

    /// <summary>Reads an array of integers of any width.</summary>
    /// <exception cref="ComponentException">There is no such array, or it is of another type, order or shape than [N] or [N, 1].</exception>
    public long[] Labels(string name) => Read(name, (header, stream) =>
    {
        if (header.Shape is not ([_] or [_, 1]))
        {
            throw new ComponentException($"{Describe(name)} has the shape [{string.Join(", ", header.Shape)}]; labels are [N] or [N, 1], one class for each image"
                + (header.Shape.Count == 2 ? " (several labels for an image: set 'labels' to false)" : ""));
        }
        var width = header.Type is ['<' or '|', 'u' or 'i' or 'b', var digit] && digit is '1' or '2' or '4' or '8'
            ? digit - '0'
            : throw new ComponentException($"{Describe(name)} has elements of type '{header.Type}'; labels are little-endian integers (save astype('int64') of it)");
        var isSigned = header.Type[1] == 'i';
        Require(name, header.Count * (width + (double)sizeof(long)), "set 'labels' to false");
        var bytes = new byte[header.Count * width];
        stream.ReadExactly(bytes);
        var labels = new long[header.Count];
        for (var place = 0; place < labels.Length; place++)
            labels[place] = Integer(bytes.AsSpan(place * width, width), isSigned);
        return labels;
    });

    /// <summary>Refuses what does not fit into memory.</summary>
    public void Require(string name, double bytes, string remedy) => DataMemory.Require(bytes, Describe(name), remedy, memory);

    /// <summary>What an array is called in messages.</summary>
    public string Describe(string name) => $"'{name}' in {path}";

    /// <inheritdoc/>
    public void Dispose() => archive.Dispose();

    private static long Integer(ReadOnlySpan<byte> element, bool isSigned) => (element.Length, isSigned) switch
    {
        (1, true) => (sbyte)element[0],
        (1, false) => element[0],
        (2, true) => BinaryPrimitives.ReadInt16LittleEndian(element),
        (2, false) => BinaryPrimitives.ReadUInt16LittleEndian(element),
        (4, true) => BinaryPrimitives.ReadInt32LittleEndian(element),
        (4, false) => BinaryPrimitives.ReadUInt32LittleEndian(element),
        _ => BinaryPrimitives.ReadInt64LittleEndian(element),
    };
}
