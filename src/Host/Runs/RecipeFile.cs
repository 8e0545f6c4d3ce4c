using System.Text;
using PluginGan.Core;

namespace PluginGan.Host.Runs;

/// <summary>The text of a recipe's file, which must be one: a wrongly read letter would become part of a name.</summary>
internal static class RecipeFile
{
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Reads UTF-8, or what a byte order mark says.</summary>
    /// <exception cref="IOException">It cannot be read, is longer than a recipe may be, or is no text in UTF-8; the message says which.
    /// </exception>
    public static string Read(string path)
    {
        if (DataFile.OtherKind(path) is { } kind)
            throw new IOException($"{Path.GetFullPath(path)} is {kind}; name a JSON file");
        var bytes = new byte[Recipes.Longest + 1];
        int length;
        using (var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0))
            length = file.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
        if (length > Recipes.Longest)
            throw new IOException($"it has more than {Recipes.Longest} bytes, which no recipe needs");
        try
        {
            using var reader = new StreamReader(new MemoryStream(bytes, 0, length), Strict);
            return reader.ReadToEnd();
        }
        catch (DecoderFallbackException)
        {
            throw new IOException($"it is not in UTF-8 ({Place(bytes.AsSpan(0, length))}); save it in that encoding");
        }
    }

    private static string Place(ReadOnlySpan<byte> bytes)
    {
        var at = 0;
        while (Rune.DecodeFromUtf8(bytes[at..], out _, out var consumed) == System.Buffers.OperationStatus.Done)
            at += consumed;
        return $"line {1 + bytes[..at].Count((byte)'\n')}, byte 0x{bytes[at]:X2}";
    }
}
