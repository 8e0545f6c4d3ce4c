using System.Buffers.Binary;
using System.Globalization;
using System.Numerics;
using Google.Protobuf;
using Tensorboard;

namespace PluginGan.Training;

/// <summary>
/// An event file of TensorBoard: records of a length, a checksum of it, an event and a checksum of that. What cannot be written whole is
/// taken off again, since TensorBoard reads no further than the first damaged record.
/// </summary>
/// <param name="folder">The folder of the run's event files. It reads them one after another, in the order of their names.</param>
/// <param name="time">The clock.</param>
internal sealed class TensorBoardLog(string folder, TimeProvider time) : IDisposable
{
    private const string FileVersion = "brain.Event:2";

    private AppendedFile? file;

    /// <summary>Begins a session. Whatever was written at later iterations no longer counts: TensorBoard forgets it.</summary>
    /// <param name="iteration">The iterations done.</param>
    public void Begin(long iteration)
    {
        // It forgets from the step of the session on; what stands at this very iteration is kept, but for a run that begins anew.
        var step = iteration == 0 ? 0 : iteration + 1;
        Write(new Event { Step = step, SessionLog = new SessionLog { Status = SessionLog.Types.SessionStatus.Start } });
    }

    /// <summary>Writes scalars.</summary>
    public void Scalars(IReadOnlyDictionary<string, double> values, long iteration)
    {
        var summary = new Summary();
        summary.Value.Add(values.Select(value => new Summary.Types.Value { Tag = value.Key, SimpleValue = (float)value.Value }));
        Write(new Event { Step = iteration, Summary = summary });
    }

    /// <summary>Writes an image.</summary>
    /// <param name="name">Its tag.</param>
    /// <param name="path">A PNG file.</param>
    /// <param name="iteration">The iterations done.</param>
    public void Image(string name, string path, long iteration)
    {
        var png = File.ReadAllBytes(path);
        // IHDR is the first chunk of every PNG file: width, height, depth and the kind of its colours.
        var image = new Summary.Types.Image
        {
            Width = BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(16)),
            Height = BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(20)),
            Colorspace = png[25] switch { 0 => 1, 4 => 2, 6 => 4, _ => 3 },
            EncodedImageString = ByteString.CopyFrom(png),
        };
        var summary = new Summary();
        summary.Value.Add(new Summary.Types.Value { Tag = name, Image = image });
        Write(new Event { Step = iteration, Summary = summary });
    }

    public void Dispose() => file?.Dispose();

    private void Write(Event happened)
    {
        happened.WallTime = time.GetUtcNow().ToUnixTimeMilliseconds() / 1000.0;
        if (file is null)
        {
            Directory.CreateDirectory(folder);
            // Ticks have as many digits for thousands of years: the order of the names is that of time.
            var ticks = time.GetUtcNow().Ticks.ToString(CultureInfo.InvariantCulture);
            var path = Path.Combine(folder, $"events.out.tfevents.{ticks}.{Environment.MachineName}.{Environment.ProcessId}");
            file = new AppendedFile(File.OpenHandle(path, FileMode.Create, FileAccess.Write, FileShare.Read), 0);
        }
        if (file.End == 0)
            Append(new Event { WallTime = happened.WallTime, FileVersion = FileVersion });
        Append(happened);
    }

    private void Append(Event happened)
    {
        var content = happened.ToByteArray();
        var record = new byte[sizeof(long) + sizeof(uint) + content.Length + sizeof(uint)];
        BinaryPrimitives.WriteInt64LittleEndian(record, content.Length);
        BinaryPrimitives.WriteUInt32LittleEndian(record.AsSpan(sizeof(long)), Checksum(record.AsSpan(0, sizeof(long))));
        content.CopyTo(record, sizeof(long) + sizeof(uint));
        BinaryPrimitives.WriteUInt32LittleEndian(record.AsSpan(record.Length - sizeof(uint)), Checksum(content));
        file!.Append(record);
    }

    // CRC-32C, masked as TFRecord wants it: a checksum of data that holds checksums says little.
    private static uint Checksum(ReadOnlySpan<byte> data)
    {
        var crc = uint.MaxValue;
        foreach (var value in data)
            crc = BitOperations.Crc32C(crc, value);
        return BitOperations.RotateRight(~crc, 15) + 0xa282ead8;
    }
}
