using System.CommandLine;
using System.CommandLine.Parsing;

namespace PluginGan.Host.Commands;

/// <summary>What holds for every text on a command line, whatever it means.</summary>
internal static class TextArguments
{
    private const int LongestShown = 200;

    /// <summary>A text as a message shows it: the start of a long one.</summary>
    public static string Short(string text) => text.Length <= LongestShown ? text : $"{text[..LongestShown]}…";

    /// <summary>What is wrong with the texts that were given: empty ones, and those that no path or name can be.</summary>
    public static IEnumerable<string> Problems(ParseResult parsed)
    {
        for (var command = parsed.CommandResult; command is not null; command = command.Parent as CommandResult)
        {
            foreach (var given in command.Children)
            {
                var (name, tokens) = given switch
                {
                    OptionResult option => (option.Option.Name, option.Tokens),
                    ArgumentResult argument => (argument.Argument.Name, argument.Tokens),
                    _ => ("", (IReadOnlyList<Token>)[]),
                };
                if (tokens.Any(token => token.Value.Length == 0))
                    yield return $"{name} is empty";
                if (tokens.Any(token => token.Value.Contains('\0', StringComparison.Ordinal)))
                    yield return $"{name} holds a NUL character";
            }
        }
    }
}
