using System.Buffers.Binary;
using System.Text;
using NUnit.Framework;

namespace PluginGan.Training.Tests;

/// <summary>
/// Reads event files as TensorBoard's event accumulator does (event_accumulator.py): file after file by name, record after record with
/// both checksums; a session that starts takes back what stands at its step or beyond. Parsed by hand from the formats of TFRecord and
/// Protocol Buffers.
/// </summary>
internal sealed class TensorBoardReader
{
    private readonly List<(string Tag, long Step, float Value)> scalars = [];
    private readonly List<(string Tag, long Step, byte[] Bytes)> images = [];

    public TensorBoardReader(string folder)
    {
        foreach (var path in Directory.GetFiles(folder, "*tfevents*").Order(StringComparer.Ordinal))
            Read(File.ReadAllBytes(path));
    }

    public IReadOnlyList<(string Tag, long Step, float Value)> Scalars => scalars;

    public IReadOnlyList<(string Tag, long Step, byte[] Bytes)> Images => images;

    /// <summary>How many scalars sessions have taken back.</summary>
    public int TakenBack { get; private set; }

    /// <summary>When events were written, in seconds since 1970.</summary>
    public List<double> Times { get; } = [];

    private void Read(byte[] file)
    {
        for (var position = 0; position < file.Length;)
        {
            var length = (int)BinaryPrimitives.ReadInt64LittleEndian(file.AsSpan(position));
            Assert.That(BinaryPrimitives.ReadUInt32LittleEndian(file.AsSpan(position + 8)), Is.EqualTo(MaskedChecksum(file.AsSpan(position, 8))), "the checksum of the length");
            var content = file.AsSpan(position + 12, length);
            Assert.That(BinaryPrimitives.ReadUInt32LittleEndian(file.AsSpan(position + 12 + length)), Is.EqualTo(MaskedChecksum(content)), "the checksum of the event");
            var happened = Fields(content);
            if (position == 0)
                Assert.That(Text(happened.Single(field => field.Number == 3)), Is.EqualTo("brain.Event:2"), "the version of the file");
            Take(happened);
            position += length + 16;
        }
    }

    // Event: wall_time 1, step 2, file_version 3, summary 5, session_log 7. SessionLog: status 1, of which START is 1.
    private void Take(List<Field> happened)
    {
        Times.Add(BitConverter.Int64BitsToDouble((long)happened.Single(field => field.Number == 1).Value));
        var step = (long)(happened.Find(field => field.Number == 2)?.Value ?? 0);
        if (happened.Find(field => field.Number == 7) is { } session && Fields(session.Bytes).Any(field => field is { Number: 1, Value: 1 }))
        {
            TakenBack += scalars.RemoveAll(scalar => scalar.Step >= step);
            images.RemoveAll(image => image.Step >= step);
        }
        // Summary: value 1. Its tag 1, simple_value 2, image 4, of which encoded_image_string is 4.
        foreach (var summary in happened.Where(field => field.Number == 5))
            foreach (var value in Fields(summary.Bytes).Where(field => field.Number == 1).Select(field => Fields(field.Bytes)))
            {
                var tag = Text(value.Single(field => field.Number == 1));
                if (value.Find(field => field.Number == 4) is { } image)
                    images.Add((tag, step, Fields(image.Bytes).Single(field => field.Number == 4).Bytes));
                else
                    scalars.Add((tag, step, BitConverter.UInt32BitsToSingle((uint)(value.Find(field => field.Number == 2)?.Value ?? 0))));
            }
    }

    private static List<Field> Fields(ReadOnlySpan<byte> message)
    {
        var fields = new List<Field>();
        while (!message.IsEmpty)
        {
            var key = Varint(ref message);
            var (value, bytes) = ((ulong)0, Array.Empty<byte>());
            switch (key & 7)
            {
                case 0:
                    value = Varint(ref message);
                    break;
                case 1:
                    value = BinaryPrimitives.ReadUInt64LittleEndian(message);
                    message = message[8..];
                    break;
                case 2:
                    var length = (int)Varint(ref message);
                    bytes = message[..length].ToArray();
                    message = message[length..];
                    break;
                case 5:
                    value = BinaryPrimitives.ReadUInt32LittleEndian(message);
                    message = message[4..];
                    break;
                default:
                    throw new InvalidDataException($"wire type {key & 7}");
            }
            fields.Add(new Field((int)(key >> 3), value, bytes));
        }
        return fields;
    }

    private static ulong Varint(ref ReadOnlySpan<byte> message)
    {
        var value = 0UL;
        for (var shift = 0; ; shift += 7)
        {
            var part = message[0];
            message = message[1..];
            value |= (ulong)(part & 0x7F) << shift;
            if (part < 0x80)
                return value;
        }
    }

    private static string Text(Field field) => Encoding.UTF8.GetString(field.Bytes);

    // CRC-32C bit by bit (RFC 3720, reflected polynomial 0x82F63B78), masked as record_writer.h does.
    private static uint MaskedChecksum(ReadOnlySpan<byte> data)
    {
        var crc = uint.MaxValue;
        foreach (var value in data)
        {
            crc ^= value;
            for (var bit = 0; bit < 8; bit++)
                crc = (crc & 1) != 0 ? (crc >> 1) ^ 0x82F63B78 : crc >> 1;
        }
        crc = ~crc;
        return ((crc >> 15) | (crc << 17)) + 0xA282EAD8;
    }

    private sealed record Field(int Number, ulong Value, byte[] Bytes);
}
