using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using static TorchSharp.torch;

namespace PluginGan.Training;

/// <summary>
/// Safetensors files that hold their own hash, so that no byte of them changes unnoticed: <c>sha256</c> in the metadata is the SHA-256 of
/// the file with the 64 digits of this value set to zero. Weights and hash are one file, which is renamed into place as one.
/// </summary>
internal static class SealedTensors
{
    private const string Key = "sha256";
    private const int Digits = 2 * SHA256.HashSizeInBytes;
    private const int Piece = 1 << 20;

    private static readonly string Blank = new('0', Digits);

    /// <summary>Writes tensors with their metadata and hash.</summary>
    public static void Write(Stream stream, IReadOnlyDictionary<string, Tensor> tensors, IReadOnlyDictionary<string, string> metadata)
    {
        using var hashing = new HashingStream(Stream.Null);
        Safetensors.Write(hashing, tensors, With(metadata, Blank));
        Safetensors.Write(stream, tensors, With(metadata, hashing.Sha256()));
    }

    /// <summary>Hashes a file from its beginning.</summary>
    /// <returns>The SHA-256 of the file, and whether it holds its own hash: those of earlier versions do not.</returns>
    /// <exception cref="InvalidDataException">The content has another hash than the one that it holds.</exception>
    public static (string Sha256, bool IsSealed) Verify(Stream stream)
    {
        using var file = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        using var content = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var beginning = Beginning(stream);
        file.AppendData(beginning);
        var (stated, place) = Stated(beginning);
        Encoding.ASCII.GetBytes(Blank).AsSpan(0, stated is null ? 0 : Digits).CopyTo(beginning.AsSpan(place));
        content.AppendData(beginning);
        var piece = new byte[Piece];
        while (stream.Read(piece) is > 0 and var read)
        {
            file.AppendData(piece, 0, read);
            content.AppendData(piece, 0, read);
        }
        if (stated is not null && stated != Convert.ToHexStringLower(content.GetHashAndReset()))
            throw new InvalidDataException("its content does not have the SHA-256 that its header states");
        return (Convert.ToHexStringLower(file.GetHashAndReset()), stated is not null);
    }

    private static Dictionary<string, string> With(IReadOnlyDictionary<string, string> metadata, string sha256) =>
        new(metadata) { [Key] = sha256 };

    // Length and header; of a file that is none, as many bytes as it claims and has: its reader says what is wrong.
    private static byte[] Beginning(Stream stream)
    {
        var prefix = new byte[sizeof(ulong)];
        var read = stream.ReadAtLeast(prefix, prefix.Length, throwOnEndOfStream: false);
        var most = (ulong)Math.Min(stream.Length - read, Array.MaxLength - prefix.Length);
        var header = (int)Math.Min(BinaryPrimitives.ReadUInt64LittleEndian(prefix), most);
        var beginning = new byte[read + header];
        prefix.AsSpan(0, read).CopyTo(beginning);
        stream.ReadExactly(beginning, read, header);
        return beginning;
    }

    // Within a text of the header the quotes would be escaped: these bytes are the key of the metadata and nothing else.
    private static (string? Sha256, int Place) Stated(byte[] beginning)
    {
        var key = Encoding.ASCII.GetBytes($"\"{Key}\":\"");
        var place = beginning.AsSpan().IndexOf(key) + key.Length;
        var isThere = place >= key.Length && place + Digits < beginning.Length && beginning[place + Digits] == '"';
        return isThere ? (Encoding.ASCII.GetString(beginning, place, Digits), place) : (null, 0);
    }
}
