using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using System.Numerics;

namespace PluginGan.Host.Commands;

/// <summary>Options that are whole numbers within a range: whatever else stands there gets one message, which names the range.</summary>
internal static class NumberOption
{
    /// <summary>An option without a default.</summary>
    /// <param name="name">Its name, with the dashes.</param>
    /// <param name="description">What it does.</param>
    /// <param name="least">The least value.</param>
    /// <param name="most">The greatest value.</param>
    public static Option<T?> Optional<T>(string name, string description, T least, T most)
        where T : struct, IBinaryInteger<T> => new(name)
        {
            Description = description,
            HelpName = "N",
            CustomParser = result => Read(result, name, least, most),
        };

    /// <summary>An option with a default.</summary>
    /// <param name="name">Its name, with the dashes.</param>
    /// <param name="description">What it does.</param>
    /// <param name="least">The least value.</param>
    /// <param name="most">The greatest value.</param>
    /// <param name="usual">The default.</param>
    public static Option<T> WithDefault<T>(string name, string description, T least, T most, T usual)
        where T : struct, IBinaryInteger<T> => new(name)
        {
            Description = description,
            HelpName = "N",
            DefaultValueFactory = _ => usual,
            CustomParser = result => Read(result, name, least, most) ?? usual,
        };

    private static T? Read<T>(ArgumentResult result, string name, T least, T most)
        where T : struct, IBinaryInteger<T>
    {
        // None or several are the parser's to refuse.
        if (result.Tokens is not [var token])
            return null;
        var isNumber = T.TryParse(token.Value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number);
        if (isNumber && number >= least && number <= most)
            return number;
        result.AddError($"{name} must be a whole number from {least} to {most}, but is '{TextArguments.Short(token.Value)}'");
        return null;
    }
}
