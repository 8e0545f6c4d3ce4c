using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using TorchSharp;
using static TorchSharp.torch;

namespace PluginGan;

/// <summary>
/// Reads and writes the safetensors format (https://github.com/huggingface/safetensors): an 8-byte little-endian length, a JSON
/// header with dtype, shape and offsets of each tensor, then the raw little-endian bytes. Files can be read from Python.
/// </summary>
public static class Safetensors
{
    private const string MetadataKey = "__metadata__";
    private const int MaximumHeader = 100_000_000;

    private static readonly (string Name, ScalarType Type)[] Types =
    [
        ("BOOL", ScalarType.Bool), ("U8", ScalarType.Byte), ("I8", ScalarType.Int8), ("I16", ScalarType.Int16), ("I32", ScalarType.Int32),
        ("I64", ScalarType.Int64), ("F16", ScalarType.Float16), ("BF16", ScalarType.BFloat16), ("F32", ScalarType.Float32), ("F64", ScalarType.Float64),
    ];

    /// <summary>Writes tensors of any device and layout, ordered by name, so that equal tensors give equal bytes.</summary>
    /// <param name="stream">Receives the file.</param>
    /// <param name="tensors">Tensors by name.</param>
    /// <param name="metadata">Text kept in the header under <c>__metadata__</c>.</param>
    /// <exception cref="NotSupportedException">A tensor has a type that the format does not know (complex numbers).</exception>
    public static void Write(Stream stream, IReadOnlyDictionary<string, Tensor> tensors, IReadOnlyDictionary<string, string>? metadata = null)
    {
        var ordered = tensors.OrderBy(pair => pair.Key, StringComparer.Ordinal).ToList();
        var header = new MemoryStream();
        using (var json = new Utf8JsonWriter(header))
        {
            json.WriteStartObject();
            if (metadata is { Count: > 0 })
            {
                json.WriteStartObject(MetadataKey);
                foreach (var (key, value) in metadata.OrderBy(pair => pair.Key, StringComparer.Ordinal))
                    json.WriteString(key, value);
                json.WriteEndObject();
            }
            long offset = 0;
            foreach (var (name, tensor) in ordered)
            {
                json.WriteStartObject(name);
                json.WriteString("dtype", TypeName(tensor.dtype));
                json.WriteStartArray("shape");
                foreach (var size in tensor.shape)
                    json.WriteNumberValue(size);
                json.WriteEndArray();
                var end = offset + tensor.NumberOfElements * tensor.ElementSize;
                json.WriteStartArray("data_offsets");
                json.WriteNumberValue(offset);
                json.WriteNumberValue(end);
                json.WriteEndArray();
                json.WriteEndObject();
                offset = end;
            }
            json.WriteEndObject();
        }
        // The header is padded with spaces so that the data starts at a multiple of eight.
        while (header.Length % 8 != 0)
            header.WriteByte((byte)' ');
        Span<byte> length = stackalloc byte[8];
        BinaryPrimitives.WriteUInt64LittleEndian(length, (ulong)header.Length);
        stream.Write(length);
        header.Position = 0;
        header.CopyTo(stream);
        foreach (var (_, tensor) in ordered)
        {
            if (tensor.NumberOfElements == 0)
                continue;
            using var scope = NewDisposeScope();
            stream.Write(tensor.detach().cpu().contiguous().bytes);
        }
    }

    /// <summary>Reads every tensor of a file onto the CPU. The caller disposes them.</summary>
    /// <exception cref="InvalidDataException">The stream is no complete safetensors file; the message says why.</exception>
    public static IReadOnlyDictionary<string, Tensor> Read(Stream stream)
    {
        var header = ReadHeader(stream);
        var tensors = new Dictionary<string, Tensor>(StringComparer.Ordinal);
        try
        {
            long position = 0;
            foreach (var (name, type, shape, begin, end) in header.OrderBy(entry => entry.Begin).ThenBy(entry => entry.End))
            {
                // Checked before anything of that size is allocated.
                if (begin != position || end - begin != Bytes(shape, type) || (stream.CanSeek && end - begin > stream.Length - stream.Position))
                {
                    throw new InvalidDataException($"tensor '{name}' claims bytes {begin} to {end}, "
                        + "which does not fit its shape, the tensor before it and the length of the file: it is truncated or damaged");
                }
                var tensor = Empty(name, shape, type);
                tensors.Add(name, tensor);
                if (end > begin)
                {
                    var bytes = new byte[end - begin];
                    stream.ReadExactly(bytes);
                    tensor.bytes = bytes;
                }
                position = end;
            }
            return stream.CanSeek && stream.Position != stream.Length
                ? throw new InvalidDataException($"{stream.Length - stream.Position} bytes follow its last tensor: it is damaged")
                : tensors;
        }
        catch (Exception error)
        {
            foreach (var tensor in tensors.Values)
                tensor.Dispose();
            if (error is EndOfStreamException)
                throw new InvalidDataException("the file ends before its last tensor: it is truncated", error);
            throw;
        }
    }

    /// <summary>Reads the text that is kept in the header under <c>__metadata__</c>; empty where there is none.</summary>
    /// <exception cref="InvalidDataException">The stream does not begin as a safetensors file does.</exception>
    public static IReadOnlyDictionary<string, string> ReadMetadata(Stream stream)
    {
        using var header = ReadJson(stream);
        if (!header.RootElement.TryGetProperty(MetadataKey, out var metadata))
            return new Dictionary<string, string>();
        if (metadata.ValueKind != JsonValueKind.Object)
            throw NoHeader($"{MetadataKey} must be an object of texts, but is {Noun(metadata)}");
        return metadata.EnumerateObject().ToDictionary(entry => entry.Name, entry => Text(entry.Name, entry.Value), StringComparer.Ordinal);
    }

    /// <summary>Copies tensors into the parameters and buffers of a module, by their names in its state dictionary.</summary>
    /// <exception cref="InvalidDataException">A name is missing on either side, or a shape differs; the message lists which.</exception>
    public static void Load(nn.Module module, IReadOnlyDictionary<string, Tensor> tensors)
    {
        var state = module.state_dict();
        var misfits = state.Keys.Except(tensors.Keys).Select(name => $"'{name}' is missing")
            .Concat(tensors.Keys.Except(state.Keys).Select(name => $"'{name}' is not in the network"))
            .Concat(state.Where(pair => tensors.TryGetValue(pair.Key, out var value) && !value.shape.SequenceEqual(pair.Value.shape))
                .Select(pair => $"'{pair.Key}' has shape [{string.Join(", ", tensors[pair.Key].shape)}] instead of [{string.Join(", ", pair.Value.shape)}]"))
            .ToList();
        if (misfits.Count > 0)
            throw new InvalidDataException($"the weights do not fit the network: {string.Join("; ", misfits)}");
        using var scope = NewDisposeScope();
        using var quiet = no_grad();
        foreach (var (name, target) in state)
            target.copy_(tensors[name]);
    }

    private static List<(string Name, ScalarType Type, long[] Shape, long Begin, long End)> ReadHeader(Stream stream)
    {
        using var json = ReadJson(stream);
        return [.. json.RootElement.EnumerateObject().Where(entry => entry.Name != MetadataKey).Select(ReadEntry)];
    }

    private static (string Name, ScalarType Type, long[] Shape, long Begin, long End) ReadEntry(JsonProperty entry)
    {
        try
        {
            var offsets = entry.Value.GetProperty("data_offsets");
            var shape = entry.Value.GetProperty("shape").EnumerateArray().Select(size => size.GetInt64()).ToArray();
            return (entry.Name, TypeOf(entry.Value.GetProperty("dtype").GetString()), shape, offsets[0].GetInt64(), offsets[1].GetInt64());
        }
        catch (Exception error) when (error is KeyNotFoundException or InvalidOperationException or IndexOutOfRangeException or FormatException)
        {
            throw NoHeader($"tensor '{entry.Name}' must be an object with dtype (a text), shape (whole numbers) and data_offsets (two whole numbers)", error);
        }
    }

    private static JsonDocument ReadJson(Stream stream)
    {
        try
        {
            var prefix = new byte[8];
            stream.ReadExactly(prefix);
            var length = BinaryPrimitives.ReadUInt64LittleEndian(prefix);
            if (length > MaximumHeader)
                throw new InvalidDataException($"a header of {length} bytes is claimed: this is not a safetensors file");
            if (stream.CanSeek && (long)length > stream.Length - stream.Position)
                throw new InvalidDataException($"a header of {length} bytes is claimed, and the file ends before: it is truncated");
            var bytes = new byte[length];
            stream.ReadExactly(bytes);
            var json = JsonDocument.Parse(Encoding.UTF8.GetString(bytes));
            if (json.RootElement.ValueKind != JsonValueKind.Object)
                throw NoHeader($"it must be an object, but is {Noun(json.RootElement)}");
            // Two tensors of one name, or two values of one key: which of them counts would depend on the reader.
            return Doubled(json.RootElement) is { } name ? throw NoHeader($"'{name}' stands in it twice") : json;
        }
        // An escape sequence stands for half a character.
        catch (InvalidOperationException error)
        {
            throw NoHeader("one of its names is no text", error);
        }
        catch (EndOfStreamException error)
        {
            throw new InvalidDataException("the file ends within its header: it is truncated", error);
        }
        catch (JsonException error)
        {
            throw NoHeader($"it is not valid JSON: line {error.LineNumber + 1}, byte {error.BytePositionInLine + 1}", error);
        }
    }

    private static string? Doubled(JsonElement value)
    {
        if (value.ValueKind != JsonValueKind.Object)
            return null;
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var entry in value.EnumerateObject())
            if ((names.Add(entry.Name) ? Doubled(entry.Value) : entry.Name) is { } doubled)
                return doubled;
        return null;
    }

    private static string Text(string key, JsonElement value)
    {
        try
        {
            if (value.ValueKind == JsonValueKind.String)
                return value.GetString()!;
        }
        catch (InvalidOperationException error)
        {
            throw NoHeader($"'{key}' in {MetadataKey} is no text", error);
        }
        throw NoHeader($"'{key}' in {MetadataKey} must be a text, but is {Noun(value)}");
    }

    private static string Noun(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => "an object",
        JsonValueKind.Array => "a list",
        JsonValueKind.String => "a text",
        JsonValueKind.Number => "a number",
        JsonValueKind.Null => "null",
        _ => "true or false",
    };

    private static Tensor Empty(string name, long[] shape, ScalarType type)
    {
        try
        {
            return torch.empty(shape, dtype: type).DetachFromDisposeScope();
        }
        // libtorch has limits of its own, such as on the product of sizes of which one is zero.
        catch (ExternalException error)
        {
            throw new InvalidDataException($"tensor '{name}' has the impossible shape [{string.Join(", ", shape)}]", error);
        }
    }

    private static InvalidDataException NoHeader(string fault, Exception? cause = null) => new($"the header is not that of a safetensors file: {fault}", cause);

    private static double Bytes(long[] shape, ScalarType type)
    {
        using var one = torch.empty(1, dtype: type);
        return shape.Any(size => size is < 0 or > int.MaxValue) ? -1 : shape.Aggregate((double)one.ElementSize, (product, size) => product * size);
    }

    private static string TypeName(ScalarType type) =>
        Types.FirstOrDefault(entry => entry.Type == type).Name ?? throw new NotSupportedException($"safetensors has no type for {type}");

    private static ScalarType TypeOf(string? name)
    {
        var found = Array.FindIndex(Types, entry => entry.Name == name);
        return found >= 0 ? Types[found].Type : throw new InvalidDataException($"the type '{name}' is not supported");
    }
}
