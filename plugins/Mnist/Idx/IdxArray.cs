using System.Buffers.Binary;
using System.Security.Cryptography;

namespace PluginGan.Plugins.Mnist.Idx;

/// <summary>An array of bytes in the IDX format.</summary>
/// <param name="Source">The file it was read from, for messages.</param>
/// <param name="Sizes">The dimensions, outermost first, each at least 1.</param>
/// <param name="Values">The elements, last dimension fastest; as many as the product of <paramref name="Sizes"/>.</param>
internal sealed record IdxArray(string Source, IReadOnlyList<int> Sizes, byte[] Values)
{
    /// <summary>The SHA-256, in lower-case hexadecimal, of the file as it is without compression: archives are repackaged, their content is not.</summary>
    public string Sha256()
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData([0, 0, IdxReader.UnsignedByte, (byte)Sizes.Count]);
        var size = new byte[sizeof(int)];
        foreach (var value in Sizes)
        {
            BinaryPrimitives.WriteInt32BigEndian(size, value);
            hash.AppendData(size);
        }
        hash.AppendData(Values);
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
