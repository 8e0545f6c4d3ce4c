using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using TorchSharp;
using static TorchSharp.torch;

namespace PluginGan.Plugins.Sequences;

/// <summary>Lines of a text as sequences over an alphabet.</summary>
internal static class TextLines
{
    private const int MostSymbols = 10_000;
    private const int LongestSample = 100_000;
    private const int BytesAtOnce = 64 << 20;

    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <exception cref="ComponentException">The file cannot be read, or a line does not fit the options; the message says which.</exception>
    public static Dataset Open(TextLinesOptions options) => Open(options, DataMemory.Available());

    /// <summary>Opens a file with a bound on the memory that it may take.</summary>
    /// <inheritdoc cref="Open(TextLinesOptions)"/>
    public static Dataset Open(TextLinesOptions options, long memory)
    {
        if (Symbols(options.Padding).Length != 1)
            throw new ComponentException($"the option 'padding' is '{options.Padding}'; it must be one symbol");
        // Messages name the whole path.
        options.Path = Path.GetFullPath(options.Path);
        var most = options.Length == 0 ? LongestSample : options.Length;
        var text = Read(options.Path, most, memory);
        var longest = text.Lines.MaxBy(line => line.Length);
        var length = options.Length == 0 ? Math.Min(longest.Length, most) : options.Length;
        if (longest.Length > length && !options.Cut)
            throw TooLong(options, text.Lines.First(line => line.Length > length));
        var alphabet = Alphabet(options, text, length);
        DataMemory.Require(
            (options.TestShare == 0 ? 1.0 : 2.0) * sizeof(long) * text.Lines.Count * length,
            $"'{options.Path}': {text.Lines.Count} lines, padded to the {length} symbols of line {longest.Number},",
            "set 'length' to less and 'cut' to true, or take the long lines out",
            memory);
        using var scope = NewDisposeScope();
        var sequences = Indices(options, text, alphabet, length);
        return new TensorDataset(
            new DataSpec(new SequenceSpec(length, alphabet), ConditionSpec.None),
            options.TestShare == 0 ? sequences : sequences.index_select(0, Chosen(options, text.Lines.Count)))
        {
            Sources = [new(Path.GetFullPath(options.Path))],
        };
    }

    private static SymbolLines Read(string path, int most, long memory)
    {
        using var file = DataFile.Open(path);
        try
        {
            // A symbol is hardly less than a byte in the file, and 4 bytes here.
            DataMemory.Require((double)sizeof(int) * file.Length, $"the text '{path}'", "take a part of its lines", memory);
            using var reader = new StreamReader(file, Strict);
            var text = SymbolLines.Read(reader, most);
            return text.Lines.Count > 0 ? text : throw new ComponentException($"'{path}' has no lines but empty ones");
        }
        catch (Exception error) when (error is IOException or InvalidDataException or ArgumentException)
        {
            var reason = error is DecoderFallbackException ? "it is not in UTF-8; save it in that encoding" : error.Message;
            throw new ComponentException($"'{path}' cannot be read: {reason}", error);
        }
    }

    private static ComponentException TooLong(TextLinesOptions options, SymbolLine line) => options.Length == 0
        ? new($"'{options.Path}', line {line.Number}: it has more than {LongestSample} symbols, which is the most that a sample can have; "
            + "set 'length', and 'cut' to true, or break the line")
        : new($"'{options.Path}', line {line.Number}: it has {line.Length} symbols, more than the option 'length' ({options.Length}); "
            + "raise that, or set 'cut' to true");

    private static string[] Symbols(string text)
    {
        var (symbols, elements) = (new List<string>(), StringInfo.GetTextElementEnumerator(text));
        while (elements.MoveNext())
            symbols.Add(elements.GetTextElement());
        return [.. symbols];
    }

    /// <summary>The given symbols, or those of the file in the order of their code points; the padding last, where it is needed and not among them.</summary>
    private static string[] Alphabet(TextLinesOptions options, SymbolLines text, int length)
    {
        string[] given = [.. Symbols(options.Alphabet)];
        if (given.GroupBy(symbol => symbol).FirstOrDefault(group => group.Count() > 1) is { } twice)
            throw new ComponentException($"the option 'alphabet' holds '{twice.Key}' twice");
        string[] symbols = given.Length > 0 ? given : [.. text.Known.Order(StringComparer.Ordinal)];
        if (symbols.Length > MostSymbols)
            throw new ComponentException($"'{options.Path}' holds {symbols.Length} different symbols, and at most {MostSymbols} can be learnt");
        var padded = text.Lines.Any(line => line.Length < length) && !symbols.Contains(options.Padding);
        return padded ? [.. symbols, options.Padding] : symbols;
    }

    // int64 [lines, length]
    private static Tensor Indices(TextLinesOptions options, SymbolLines text, string[] alphabet, int length)
    {
        var places = alphabet.Index().ToDictionary(symbol => symbol.Item, symbol => (long)symbol.Index, StringComparer.Ordinal);
        var known = text.Known.Select(symbol => places.GetValueOrDefault(symbol, -1)).ToArray();
        var padding = places.GetValueOrDefault(options.Padding, -1);
        var indices = empty([text.Lines.Count, length], ScalarType.Int64);
        // Straight into the tensor's memory, in pieces that a span can address.
        foreach (var chunk in text.Lines.Index().Chunk(Math.Max(1, BytesAtOnce / sizeof(long) / length)))
        {
            using var rows = indices.narrow(0, chunk[0].Index, chunk.Length);
            var into = MemoryMarshal.Cast<byte, long>(rows.bytes);
            into.Fill(padding);
            for (var row = 0; row < chunk.Length; row++)
            {
                var line = chunk[row].Item;
                for (var place = 0; place < line.Symbols.Length; place++)
                {
                    into[row * length + place] = known[line.Symbols[place]] is >= 0 and var index
                        ? index
                        : throw new ComponentException($"'{options.Path}', line {line.Number}, symbol {place + 1}: "
                            + $"'{text.Known[line.Symbols[place]]}' is not in the option 'alphabet' ({options.Alphabet}); "
                            + "add it, or mend the line");
                }
            }
        }
        return indices;
    }

    private static Tensor Chosen(TextLinesOptions options, int count)
    {
        var apart = (int)Math.Round(options.TestShare * count);
        if (apart == 0 || apart == count)
            throw new ComponentException($"'{options.Path}' has {count} lines, of which 'testShare' {options.TestShare.ToString(CultureInfo.InvariantCulture)} sets {apart} apart: one split is empty; choose another share");
        using var generator = new Generator((ulong)options.Seed, CPU);
        var order = randperm(count, dtype: ScalarType.Int64, generator: generator);
        return (options.Split == SequenceSplit.Test ? order.narrow(0, 0, apart) : order.narrow(0, apart, count - apart)).sort().Values;
    }
}
