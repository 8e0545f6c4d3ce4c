using System.Globalization;
using System.Text;

namespace PluginGan;

/// <summary>
/// Unicode's canonical composition (normalisation form C, https://unicode.org/reports/tr15): macOS names folders by letters with marks
/// behind them, other systems by letters that have them. <see cref="string.Normalize()"/> changes nothing in the runtime's invariant mode,
/// and without that mode the program would not start where there is no ICU (docs/adr/0031-own-normalisation.md).
/// </summary>
public static class CanonicalText
{
    // Everything below it is composed already.
    private const char FirstMark = '\u0300';
    private const int HangulFirst = 0xAC00, LeadFirst = 0x1100, VowelFirst = 0x1161, TailFirst = 0x11A7;
    private const int Leads = 19, Vowels = 21, Tails = 28;

    private static readonly Lazy<Tables> Data = new(Tables.Read);

    /// <summary>The text in its composed form; texts that mean the same become equal.</summary>
    public static string Compose(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return text.AsSpan().ContainsAnyInRange(FirstMark, char.MaxValue) ? Composed(Ordered(text)) : text;
    }

    // The code points, decomposed, the marks behind each letter by their class.
    private static List<(int Code, int Class)> Ordered(string text)
    {
        var codes = new List<(int Code, int Class)>(text.Length);
        for (var at = 0; at < text.Length; at++)
        {
            // Half a surrogate pair stays what it is.
            var isPair = char.IsSurrogatePair(text, at);
            Decompose(isPair ? char.ConvertToUtf32(text, at) : text[at], codes);
            at += isPair ? 1 : 0;
        }
        for (var first = 0; first < codes.Count; first++)
        {
            var last = first;
            while (last < codes.Count && codes[last].Class > 0)
                last++;
            if (last - first > 1)
            {
                var marks = codes.GetRange(first, last - first).OrderBy(mark => mark.Class).ToList();
                codes.RemoveRange(first, last - first);
                codes.InsertRange(first, marks);
            }
            first = last;
        }
        return codes;
    }

    private static void Decompose(int code, List<(int Code, int Class)> into)
    {
        if (code - HangulFirst is >= 0 and < Leads * Vowels * Tails and var syllable)
        {
            into.Add((LeadFirst + syllable / (Vowels * Tails), 0));
            into.Add((VowelFirst + syllable / Tails % Vowels, 0));
            if (syllable % Tails > 0)
                into.Add((TailFirst + syllable % Tails, 0));
        }
        else if (Data.Value.Parts.TryGetValue(code, out var parts))
        {
            Decompose(parts.First, into);
            if (parts.Second != 0)
                Decompose(parts.Second, into);
        }
        else
        {
            into.Add((code, Data.Value.Classes.GetValueOrDefault(code)));
        }
    }

    private static string Composed(List<(int Code, int Class)> codes)
    {
        var starter = -1;
        var before = 0;
        for (var at = 0; at < codes.Count; at++)
        {
            var (code, of) = codes[at];
            // A mark joins the letter before it, unless one of its own class, or another letter, stands between them.
            if (starter >= 0 && (before < of || before == 0 && at == starter + 1) && Pair(codes[starter].Code, code) is { } joined)
            {
                codes[starter] = (joined, 0);
                codes.RemoveAt(at--);
                continue;
            }
            before = of;
            if (of == 0)
                starter = at;
        }
        var text = new StringBuilder(codes.Count);
        foreach (var (code, _) in codes)
            _ = code > char.MaxValue ? text.Append(char.ConvertFromUtf32(code)) : text.Append((char)code);
        return text.ToString();
    }

    private static int? Pair(int first, int second)
    {
        if (first - LeadFirst is >= 0 and < Leads and var lead && second - VowelFirst is >= 0 and < Vowels and var vowel)
            return HangulFirst + (lead * Vowels + vowel) * Tails;
        var isOpen = first - HangulFirst is >= 0 and < Leads * Vowels * Tails and var syllable && syllable % Tails == 0;
        if (isOpen && second - TailFirst is > 0 and < Tails and var tail)
            return first + tail;
        return Data.Value.Pairs.TryGetValue((first, second), out var composed) ? composed : null;
    }

    /// <summary>What canonical.py writes of the Unicode data.</summary>
    private sealed record Tables(
        Dictionary<int, (int First, int Second)> Parts, Dictionary<(int First, int Second), int> Pairs, Dictionary<int, int> Classes)
    {
        public static Tables Read()
        {
            var tables = new Tables([], [], []);
            using var lines = new StreamReader(typeof(CanonicalText).Assembly.GetManifestResourceStream("canonical.txt")!);
            while (lines.ReadLine() is { } line)
                tables.Add(line);
            return tables;
        }

        private void Add(string line)
        {
            if (line.Split('=') is [var range, var of])
            {
                var ends = range.Split('-').Select(Code).ToArray();
                for (var code = ends[0]; code <= ends[1]; code++)
                    Classes.Add(code, int.Parse(of, CultureInfo.InvariantCulture));
                return;
            }
            var codes = line.TrimEnd('!').Split(' ').Select(Code).ToArray();
            var parts = (codes[1], codes.ElementAtOrDefault(2));
            Parts.Add(codes[0], parts);
            if (!line.EndsWith('!'))
                Pairs.Add(parts, codes[0]);
        }

        private static int Code(string text) => int.Parse(text, NumberStyles.HexNumber, CultureInfo.InvariantCulture);
    }
}
