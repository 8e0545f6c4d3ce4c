using System.Text.RegularExpressions;

namespace PluginGan.Bench.Results;

/// <summary>A part of a document that is written by a program, between two comments.</summary>
internal static partial class GeneratedSection
{
    /// <summary>The sections of a document, in its order.</summary>
    public static IReadOnlyList<string> Names(string document) => [.. Beginning().Matches(document).Select(match => match.Groups["name"].Value)];

    /// <summary>The document with the section's text exchanged.</summary>
    /// <param name="document">The document.</param>
    /// <param name="name">The section: it stands between <c>&lt;!-- NAME: generated --&gt;</c> and <c>&lt;!-- NAME: end --&gt;</c>.</param>
    /// <param name="text">What belongs there.</param>
    /// <exception cref="InvalidDataException">The document has no such section.</exception>
    public static string Replace(string document, string name, string text)
    {
        var (begin, end) = ($"<!-- {name}: generated -->\n", $"<!-- {name}: end -->");
        var from = document.IndexOf(begin, StringComparison.Ordinal) + begin.Length;
        var to = document.IndexOf(end, StringComparison.Ordinal);
        if (from < begin.Length || to < from)
            throw new InvalidDataException($"the document has no lines '{begin.TrimEnd()}' and '{end}' around the section '{name}'");
        return $"{document[..from]}{(text.Length > 0 ? $"\n{text}\n" : "")}{document[to..]}";
    }

    [GeneratedRegex("^<!-- (?<name>.+): generated -->$", RegexOptions.Multiline)]
    private static partial Regex Beginning();
}
