using System.CommandLine;
using System.CommandLine.Parsing;
using PluginGan.Core;

namespace PluginGan.Host.Commands;

/// <summary>Commands and options that do not exist, each with the one that was probably meant.</summary>
internal static class Misspelling
{
    /// <summary>What is misspelt; while there is something, what else the parser says follows from it.</summary>
    public static IEnumerable<string> Problems(ParseResult parsed)
    {
        var command = parsed.CommandResult.Command;
        if (command.Subcommands.Count > 0 && parsed.UnmatchedTokens is [var word, ..] && !IsOption(word))
        {
            yield return $"there is no command '{TextArguments.Short(word)}'; {Meant(word, [.. command.Subcommands.Select(inner => inner.Name)])}";
            yield break;
        }
        foreach (var token in parsed.UnmatchedTokens.Concat(TakenAsArguments(parsed)).Where(IsOption).Distinct())
        {
            var name = token.Split('=')[0];
            yield return $"there is no option '{TextArguments.Short(name)}'; {Meant(name, [.. Options(parsed.CommandResult)])}";
        }
    }

    // An argument takes what looks like an option and is none. Behind "--" everything is an argument.
    private static IEnumerable<string> TakenAsArguments(ParseResult parsed) => parsed.Tokens.Any(token => token.Type == TokenType.DoubleDash)
        ? []
        : parsed.CommandResult.Children.OfType<ArgumentResult>().SelectMany(argument => argument.Tokens).Select(token => token.Value);

    private static bool IsOption(string word) => word.Length > 2 && word.StartsWith("--", StringComparison.Ordinal);

    private static string Meant(string word, IReadOnlyList<string> names) => Nearest.Suggest(word, names) is { } meant
        ? $"did you mean '{meant}'?"
        : $"there are {string.Join(", ", names)}";

    private static IEnumerable<string> Options(CommandResult result)
    {
        foreach (var option in result.Command.Options)
            yield return option.Name;
        for (var outer = result.Parent as CommandResult; outer is not null; outer = outer.Parent as CommandResult)
            foreach (var option in outer.Command.Options.Where(option => option.Recursive))
                yield return option.Name;
    }
}
