using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace PluginGan.Training;

/// <summary>The secret that a watermark is written and found by. Without it a watermark can neither be seen nor told from another's.</summary>
public sealed class WatermarkKey
{
    private readonly byte[] secret;

    /// <param name="text">Any text; one that can be guessed is no secret.</param>
    /// <exception cref="ArgumentException">It is empty.</exception>
    public WatermarkKey(string text)
    {
        ArgumentException.ThrowIfNullOrEmpty(text);
        secret = Encoding.UTF8.GetBytes(text);
    }

    /// <summary>
    /// Offsets in [0, 1), the same for equal keys: HMAC-SHA256 in counter mode. To whoever lacks the key they are uniform and independent, and that
    /// alone is what the probability of a false alarm rests on.
    /// </summary>
    internal double[] Offsets(int count)
    {
        var offsets = new double[count];
        Span<byte> block = stackalloc byte[HMACSHA256.HashSizeInBytes];
        const int PerBlock = HMACSHA256.HashSizeInBytes / sizeof(uint);
        for (var index = 0; index < count; index++)
        {
            if (index % PerBlock == 0)
                HMACSHA256.HashData(secret, Encoding.ASCII.GetBytes($"plugingan watermark 1 {index / PerBlock}"), block);
            offsets[index] = BinaryPrimitives.ReadUInt32BigEndian(block[(index % PerBlock * sizeof(uint))..]) / (uint.MaxValue + 1.0);
        }
        return offsets;
    }
}
