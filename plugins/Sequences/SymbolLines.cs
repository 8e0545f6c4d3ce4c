using System.Globalization;
using System.Text;

namespace PluginGan.Plugins.Sequences;

/// <summary>A line of a text.</summary>
/// <param name="Number">Which line of the file, counted from 1.</param>
/// <param name="Symbols">Its first symbols, as positions in <see cref="SymbolLines.Known"/>.</param>
/// <param name="Length">How many symbols it has; more than these where only a part was kept.</param>
internal readonly record struct SymbolLine(int Number, int[] Symbols, int Length);

/// <summary>
/// The lines of a text as symbols, read piece by piece: of a line no more is kept than a sample can hold. A symbol is what a reader takes
/// for one character, whatever it is encoded as. Lines end as <see cref="string.ReplaceLineEndings()"/> knows them. Empty ones
/// do not count.
/// </summary>
internal sealed class SymbolLines
{
    // A symbol is hardly ever longer than a letter with some marks, or a family of emoji.
    private const int CharactersOfSymbol = 16;
    private const int PieceLength = 1 << 16;

    private readonly Dictionary<string, int> positions = new(StringComparer.Ordinal);
    private readonly List<string> known = [];
    private readonly List<SymbolLine> lines = [];
    private readonly StringBuilder line = new();
    private readonly int most;
    private int number = 1;
    private bool goesOn;

    private SymbolLines(int most) => this.most = most;

    /// <summary>The different symbols in the order in which they occur.</summary>
    public IReadOnlyList<string> Known => known;

    /// <summary>The lines that are not empty.</summary>
    public IReadOnlyList<SymbolLine> Lines => lines;

    /// <param name="reader">The text.</param>
    /// <param name="most">How many symbols of a line are kept.</param>
    /// <exception cref="InvalidDataException">It holds what no text does.</exception>
    public static SymbolLines Read(TextReader reader, int most)
    {
        var read = new SymbolLines(most);
        var piece = new char[PieceLength];
        var before = '\0';
        while (reader.Read(piece, 0, piece.Length) is var count and > 0)
        {
            foreach (var character in piece.AsSpan(0, count))
            {
                if (character != '\n' || before != '\r')
                    read.Add(character);
                before = character;
            }
        }
        read.End();
        return read;
    }

    private void Add(char character)
    {
        if (character is '\n' or '\r' or '\f' or '\u0085' or '\u2028' or '\u2029')
            End();
        else if (character == '\0')
            throw new InvalidDataException($"line {number} holds a zero byte, as in UTF-16 without a byte order mark; save it in UTF-8");
        else if (line.Length < (long)CharactersOfSymbol * most)
            line.Append(character);
        else
            goesOn = true;
    }

    private void End()
    {
        var text = line.ToString().AsSpan();
        var (kept, length) = (new List<int>(), 0);
        var lookup = positions.GetAlternateLookup<ReadOnlySpan<char>>();
        for (; text.Length > 0; length++)
        {
            var symbol = text[..StringInfo.GetNextTextElementLength(text)];
            text = text[symbol.Length..];
            if (length >= most)
                continue;
            if (!lookup.TryGetValue(symbol, out var position))
            {
                position = known.Count;
                known.Add(symbol.ToString());
                positions.Add(known[^1], position);
            }
            kept.Add(position);
        }
        if (length > 0)
            lines.Add(new SymbolLine(number, [.. kept], goesOn ? Math.Max(length, most + 1) : length));
        number++;
        line.Clear();
        goesOn = false;
    }
}
