using System.Buffers.Binary;
using System.ComponentModel;
using System.Diagnostics;
using System.Text;
using NUnit.Framework;
using SkiaSharp;

namespace PluginGan.Training.Tests;

public class AnimatedPngTests
{
    private static readonly RgbImage[] Frames = [.. Enumerable.Range(0, 3).Select(frame => Noise(9, 5, frame))];

    [Test]
    public void Chunks_stand_in_the_order_and_with_the_numbers_that_the_specification_asks_for()
    {
        var chunks = Chunks(AnimatedPng.Encode(Frames, TimeSpan.FromMilliseconds(120), new ImageProvenance { Run = "a run" }, loops: 4));

        var types = chunks.Select(chunk => chunk.Type).ToList();
        Assert.Multiple(() =>
        {
            Assert.That(types.Where(type => type is "IHDR" or "iTXt" or "acTL" or "fcTL" or "IDAT" or "fdAT" or "IEND"),
                Is.EqualTo(new[] { "IHDR", "iTXt", "acTL", "fcTL", "IDAT", "fcTL", "fdAT", "fcTL", "fdAT", "IEND" }));
            Assert.That(types[0], Is.EqualTo("IHDR"));
            Assert.That(Numbers(chunks.Single(chunk => chunk.Type == "acTL").Data, 2), Is.EqualTo(new[] { 3, 4 }));
            var sequence = chunks.Where(chunk => chunk.Type is "fcTL" or "fdAT").Select(chunk => Numbers(chunk.Data, 1)[0]);
            Assert.That(sequence, Is.EqualTo(new[] { 0, 1, 2, 3, 4 }));
            foreach (var (_, control) in chunks.Where(chunk => chunk.Type == "fcTL"))
            {
                Assert.That(Numbers(control, 5)[1..], Is.EqualTo(new[] { 9, 5, 0, 0 }));
                Assert.That(BinaryPrimitives.ReadUInt16BigEndian(control.AsSpan(20)) / (double)BinaryPrimitives.ReadUInt16BigEndian(control.AsSpan(22)), Is.EqualTo(0.12));
                Assert.That(control, Has.Length.EqualTo(26));
            }
        });
    }

    [Test]
    public void A_program_that_knows_no_animations_shows_the_first_frame()
    {
        using var shown = SKBitmap.Decode(AnimatedPng.Encode(Frames, TimeSpan.FromSeconds(1)));

        Assert.That(shown.Pixels.SelectMany(pixel => new[] { pixel.Red, pixel.Green, pixel.Blue }), Is.EqualTo(Frames[0].Pixels));
    }

    [Test]
    public void The_data_of_a_later_frame_is_that_of_a_still_image()
    {
        var chunks = Chunks(AnimatedPng.Encode(Frames, TimeSpan.FromSeconds(1)));

        // The last frame as a file of its own.
        var still = new List<(string, byte[])> { chunks[0] };
        still.Add(("IDAT", chunks.Last(chunk => chunk.Type == "fdAT").Data[4..]));
        still.Add(("IEND", []));
        var file = PngChunk.Write(still.Select(chunk => new PngChunk(chunk.Item1, chunk.Item2)));

        Assert.That(Png.Decode(file).Pixels, Is.EqualTo(Frames[2].Pixels));
    }

    [Test]
    public void Another_program_plays_the_same_frames()
    {
        const string Script = """
            import sys
            from PIL import Image, ImageSequence
            image = Image.open(sys.argv[1])
            frames = [frame.convert("RGB").tobytes().hex() for frame in ImageSequence.Iterator(image)]
            print(image.info["loop"], image.info["duration"], *frames)
            """;
        using var folder = new TemporaryFolder();
        var file = Path.Combine(folder.Path, "animation.png");
        File.WriteAllBytes(file, AnimatedPng.Encode(Frames, TimeSpan.FromMilliseconds(120), new ImageProvenance(), loops: 4));

        using var python = StartPython("-c", Script, file);
        var output = python.StandardOutput.ReadToEnd();
        python.WaitForExit();
        if (python.ExitCode != 0)
            Assert.Ignore("there is no Python with Pillow");

        Assert.That(output.Split(), Is.EqualTo((string[])["4", "120.0", .. Frames.Select(frame => Convert.ToHexStringLower(frame.Pixels)), ""]));
    }

    [Test]
    public void Frames_of_unequal_size_and_no_frames_are_refused()
    {
        Assert.That(() => AnimatedPng.Encode([], TimeSpan.Zero), Throws.ArgumentException.With.Message.Contains("at least one frame"));
        Assert.That(() => AnimatedPng.Encode([Frames[0], Noise(8, 5, 1)], TimeSpan.Zero), Throws.ArgumentException.With.Message.Contains("of one size"));
    }

    internal static RgbImage Noise(int width, int height, int seed)
    {
        var pixels = new byte[3 * width * height];
        new Random(seed).NextBytes(pixels);
        return new RgbImage(width, height, pixels);
    }

    /// <summary>Takes a PNG file apart without the product's reader, and checks its checksums.</summary>
    internal static List<(string Type, byte[] Data)> Chunks(byte[] file)
    {
        Assert.That(file[..8], Is.EqualTo(new byte[] { 137, 80, 78, 71, 13, 10, 26, 10 }));
        var chunks = new List<(string, byte[])>();
        for (var at = 8; at < file.Length;)
        {
            var length = (int)BinaryPrimitives.ReadUInt32BigEndian(file.AsSpan(at));
            var crc = 0xFFFFFFFFu;
            foreach (var value in file.AsSpan(at + 4, 4 + length))
            {
                crc ^= value;
                for (var bit = 0; bit < 8; bit++)
                    crc = (crc & 1) != 0 ? (crc >> 1) ^ 0xEDB88320u : crc >> 1;
            }
            Assert.That(BinaryPrimitives.ReadUInt32BigEndian(file.AsSpan(at + 8 + length)), Is.EqualTo(~crc), "checksum");
            chunks.Add((Encoding.ASCII.GetString(file, at + 4, 4), file[(at + 8)..(at + 8 + length)]));
            at += 12 + length;
        }
        return chunks;
    }

    private static Process StartPython(params string[] arguments)
    {
        try
        {
            return Process.Start(new ProcessStartInfo("/usr/bin/python3", arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        }
        catch (Win32Exception)
        {
            throw new IgnoreException("there is no Python");
        }
    }

    private static int[] Numbers(byte[] data, int count) => [.. Enumerable.Range(0, count).Select(index => BinaryPrimitives.ReadInt32BigEndian(data.AsSpan(4 * index)))];
}
