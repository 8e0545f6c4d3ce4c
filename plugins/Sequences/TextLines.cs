using System.Globalization;
using System.Text;
using TorchSharp;
using static TorchSharp.torch;

namespace PluginGan.Plugins.Sequences;

/// <summary>Lines of a text as sequences over an alphabet. A symbol is what a reader takes for one character, whatever it is encoded as.</summary>
internal static class TextLines
{
    private const int MostSymbols = 10_000;

    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <exception cref="ComponentException">The file cannot be read, or a line does not fit the options; the message says which.</exception>
    public static Dataset Open(TextLinesOptions options)
    {
        if (Symbols(options.Padding).Length != 1)
            throw new ComponentException($"the option 'padding' is '{options.Padding}'; it must be one symbol");
        var lines = Lines(options.Path);
        var longest = lines.Max(line => line.Symbols.Length);
        var length = options.Length == 0 ? longest : options.Length;
        if (longest > length && !options.Cut)
        {
            var (number, symbols) = lines.First(line => line.Symbols.Length > length);
            throw new ComponentException($"'{options.Path}', line {number}: it has {symbols.Length} symbols, more than the option 'length' ({length}); raise that, or set 'cut' to true");
        }
        var alphabet = Alphabet(options, lines, length);
        using var scope = NewDisposeScope();
        var sequences = tensor(Indices(options, lines, alphabet, length));
        return new TensorDataset(
            new DataSpec(new SequenceSpec(length, alphabet), ConditionSpec.None),
            options.TestShare == 0 ? sequences : sequences.index_select(0, Chosen(options, lines.Count)))
        {
            Sources = [new(Path.GetFullPath(options.Path))],
        };
    }

    private static List<(int Number, string[] Symbols)> Lines(string path)
    {
        try
        {
            List<(int, string[])> lines = [.. File.ReadAllText(path, Strict).ReplaceLineEndings("\n").Split('\n').Select((line, at) => (at + 1, Symbols(line))).Where(line => line.Item2.Length > 0)];
            return lines.Count > 0 ? lines : throw new ComponentException($"'{path}' has no lines but empty ones");
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or ArgumentException)
        {
            var reason = error is DecoderFallbackException ? "it is not in UTF-8; save it in that encoding" : error is FileNotFoundException or DirectoryNotFoundException ? "there is no such file" : error.Message;
            throw new ComponentException($"'{path}' cannot be read: {reason}", error);
        }
    }

    private static string[] Symbols(string text)
    {
        var (symbols, elements) = (new List<string>(), StringInfo.GetTextElementEnumerator(text));
        while (elements.MoveNext())
            symbols.Add(elements.GetTextElement());
        return [.. symbols];
    }

    /// <summary>The given symbols, or those of the file in the order of their code points; the padding last, where it is needed and not among them.</summary>
    private static string[] Alphabet(TextLinesOptions options, List<(int Number, string[] Symbols)> lines, int length)
    {
        string[] given = [.. Symbols(options.Alphabet)];
        if (given.GroupBy(symbol => symbol).FirstOrDefault(group => group.Count() > 1) is { } twice)
            throw new ComponentException($"the option 'alphabet' holds '{twice.Key}' twice");
        string[] symbols = given.Length > 0 ? given : [.. lines.SelectMany(line => line.Symbols.Take(length)).Distinct().Order(StringComparer.Ordinal)];
        if (symbols.Length > MostSymbols)
            throw new ComponentException($"'{options.Path}' holds {symbols.Length} different symbols, and at most {MostSymbols} can be learnt");
        var padded = lines.Any(line => line.Symbols.Length < length) && !symbols.Contains(options.Padding);
        return padded ? [.. symbols, options.Padding] : symbols;
    }

    private static long[,] Indices(TextLinesOptions options, List<(int Number, string[] Symbols)> lines, string[] alphabet, int length)
    {
        var known = alphabet.Select((symbol, index) => (symbol, index)).ToDictionary(entry => entry.symbol, entry => (long)entry.index, StringComparer.Ordinal);
        var indices = new long[lines.Count, length];
        for (var row = 0; row < lines.Count; row++)
        {
            var (number, symbols) = lines[row];
            for (var place = 0; place < length; place++)
            {
                var symbol = place < symbols.Length ? symbols[place] : options.Padding;
                indices[row, place] = known.TryGetValue(symbol, out var index)
                    ? index
                    : throw new ComponentException($"'{options.Path}', line {number}, symbol {place + 1}: '{symbol}' is not in the option 'alphabet' ({options.Alphabet}); add it, or mend the line");
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
