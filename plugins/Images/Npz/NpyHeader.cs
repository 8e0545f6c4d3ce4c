using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace PluginGan.Plugins.Images.Npz;

/// <summary>
/// The header of NumPy's array format (https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html): a magic string, a version,
/// a length, and a Python dictionary of the element type, the order and the shape.
/// </summary>
/// <param name="Type">The element type: <c>|u1</c>.</param>
/// <param name="IsFortran">Whether the first index varies fastest.</param>
/// <param name="Shape">The sizes.</param>
internal sealed partial record NpyHeader(string Type, bool IsFortran, IReadOnlyList<long> Shape)
{
    private const int MaximumLength = 1 << 20;

    /// <summary>How many elements there are.</summary>
    public long Count => Shape.Aggregate(1L, (product, size) => checked(product * size));

    /// <summary>The bytes of all elements; 0 where their type is not one of plain numbers.</summary>
    public long Length => Type is [_, 'u' or 'i' or 'f' or 'b' or 'c', .. var width]
        && int.TryParse(width, NumberStyles.None, CultureInfo.InvariantCulture, out var bytes) ? checked(Count * bytes) : 0;

    /// <summary>Reads a header; the stream then stands at the first element.</summary>
    /// <param name="stream">The array.</param>
    /// <param name="source">What it is called in messages.</param>
    /// <exception cref="ComponentException">It is no such array.</exception>
    public static NpyHeader Read(Stream stream, string source)
    {
        var start = new byte[8];
        stream.ReadExactly(start);
        if (!start.AsSpan().StartsWith((byte[])[0x93, (byte)'N', (byte)'U', (byte)'M', (byte)'P', (byte)'Y']) || start[6] is not (1 or 2 or 3))
            throw new ComponentException($"{source} is no NumPy array of a known version");
        var lengthBytes = new byte[start[6] == 1 ? 2 : 4];
        stream.ReadExactly(lengthBytes);
        var length = start[6] == 1 ? BinaryPrimitives.ReadUInt16LittleEndian(lengthBytes) : BinaryPrimitives.ReadUInt32LittleEndian(lengthBytes);
        if (length > MaximumLength)
            throw new ComponentException($"{source}: its header claims {length} bytes, which no array needs");
        var text = new byte[length];
        stream.ReadExactly(text);
        return Parse(Encoding.UTF8.GetString(text), source);
    }

    private static NpyHeader Parse(string text, string source)
    {
        if (Structured().IsMatch(text))
            throw new ComponentException($"{source} holds records of several fields; arrays of plain numbers are read");
        var (type, order, shape) = (Descr().Match(text), Order().Match(text), Sizes().Match(text));
        if (!type.Success || !order.Success || !shape.Success)
            throw new ComponentException($"{source}: its header is damaged: {text.Trim()}");
        try
        {
            long[] sizes = [.. shape.Groups[1].Value.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(size => long.Parse(size, NumberStyles.None, CultureInfo.InvariantCulture))];
            return new NpyHeader(type.Groups[1].Value, order.Groups[1].Value == "True", sizes);
        }
        catch (Exception error) when (error is FormatException or OverflowException)
        {
            throw new ComponentException($"{source}: its header names the shape ({shape.Groups[1].Value}), which is none", error);
        }
    }

    [GeneratedRegex(@"'descr'\s*:\s*\[")]
    private static partial Regex Structured();

    [GeneratedRegex(@"'descr'\s*:\s*'([^']*)'")]
    private static partial Regex Descr();

    [GeneratedRegex(@"'fortran_order'\s*:\s*(True|False)")]
    private static partial Regex Order();

    [GeneratedRegex(@"'shape'\s*:\s*\(([^)]*)\)")]
    private static partial Regex Sizes();
}
