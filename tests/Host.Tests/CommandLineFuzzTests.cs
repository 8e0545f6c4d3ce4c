using System.CommandLine;
using System.CommandLine.Help;
using System.Text.RegularExpressions;
using NUnit.Framework;
using PluginGan.Host.Commands;

namespace PluginGan.Host.Tests;

/// <summary>
/// Every option and argument of every command with what people and scripts get wrong: one message, exit code 2, nothing thrown. The cases
/// follow from the command line itself, so that a new option has its own.
/// </summary>
[NonParallelizable]
public partial class CommandLineFuzzTests
{
    private const string Nothing = "no-such-thing";

    private static readonly string Long = new('x', 100_000);

    /// <summary>What no whole number is, or none that any option takes.</summary>
    private static readonly string[] NoNumbers = ["", "wrong", "-1", "1.5", "0x10", "１２", new('9', 40), Long];

    private static readonly string[] Texts = ["", " ", "a\0b", "a\nb", "..", "{", "[red]", "\ud800", "/dev/null/x", Long];

    public static IEnumerable<string> Paths => Leaves(CommandLine.Root(), []).Select(found => string.Join(' ', found.Path));

    [TestCaseSource(nameof(Paths))]
    public void A_command_answers_whatever_is_written_behind_it(string path)
    {
        using var product = new InProcess();
        var (words, command) = Leaves(CommandLine.Root(), []).Single(found => string.Join(' ', found.Path) == path);
        string[] needed = [.. command.Options.Where(option => option.Required).SelectMany(option => (string[])[option.Name, Nothing])];
        string[] plain = [.. words, .. command.Arguments.Select(_ => Nothing), .. needed];
        var usual = product.Run(plain);
        Assert.That(usual.Code, Is.AnyOf(ExitCode.Done, ExitCode.Failed, ExitCode.BadUsage), usual.ToString());
        // Of other plugins it says that they are broken.
        int[] allowed = [ExitCode.Done, ExitCode.BadUsage, path == "doctor" ? ExitCode.Failed : usual.Code];

        Assert.Multiple(() =>
        {
            foreach (var option in Options(command))
                foreach (var (arguments, isWrong) in Cases(option, command))
                    Check(product.Run([.. Without(plain, option), .. arguments]), arguments, isWrong, allowed);
            foreach (var text in Texts.Append("--no-such-option").Append("@no-such-file"))
                Check(product.Run([.. words, .. command.Arguments.Select(_ => text), .. needed]), [text], isWrong: false, allowed);
            Check(product.Run([.. plain, Nothing, Nothing, Nothing]), [], isWrong: !TakesMany(command), allowed);
        });
    }

    [Test]
    public void Every_number_is_refused_with_its_range()
    {
        using var product = new InProcess();
        foreach (var (words, command) in Leaves(CommandLine.Root(), []))
        {
            foreach (var option in command.Options.Where(IsNumber))
            {
                var answer = product.Run([.. words, .. command.Arguments.Select(_ => Nothing), option.Name, "-1"]);
                Assert.That(answer.Errors, Does.Match($@"error: {option.Name} must be a whole number from \d+ to \d+, but is '-1'"));
            }
        }
    }

    [TestCase("--threads", "100000")]
    [TestCase("--count", "0")]
    public void A_number_that_is_far_too_large_or_too_small_is_refused_before_anything_is_done(string option, string value)
    {
        using var product = new InProcess();

        var answer = product.Run("sample", Nothing, option, value);

        Assert.That(answer.Code, Is.EqualTo(ExitCode.BadUsage), answer.ToString());
        Assert.That(answer.Errors, Does.StartWith($"error: {option} must be a whole number from 1 to ").And.Contain($"but is '{value}'"));
    }

    private static IEnumerable<(string[] Path, Command Command)> Leaves(Command command, string[] path) => command.Subcommands.Count == 0
        ? [(path, command)]
        : command.Subcommands.SelectMany(inner => Leaves(inner, [.. path, inner.Name]));

    private static IEnumerable<Option> Options(Command command) =>
        command.Options.Concat(CommandLine.Root().Options).Where(option => option is not (HelpOption or VersionOption));

    private static bool IsNumber(Option option) =>
        (Nullable.GetUnderlyingType(option.ValueType) ?? option.ValueType) is { IsPrimitive: true } type && type != typeof(bool);

    private static bool TakesMany(Command command) => command.Arguments.Any(argument => argument.Arity.MaximumNumberOfValues > 1);

    private static IEnumerable<(string[] Arguments, bool IsWrong)> Cases(Option option, Command command)
    {
        if (option.Arity.MaximumNumberOfValues == 0)
        {
            yield return ([option.Name, option.Name], false);
            foreach (var value in new[] { "", "wrong", "2" })
                yield return ([$"{option.Name}={value}"], value.Length > 0 && !TakesMany(command));
            yield break;
        }
        yield return ([option.Name], true);
        var single = option.Arity.MaximumNumberOfValues == 1;
        yield return ([option.Name, "1", option.Name, "1"], single);
        foreach (var value in IsNumber(option) ? NoNumbers : Texts)
        {
            var isWrong = IsNumber(option) || value.Length == 0 || value.Contains('\0', StringComparison.Ordinal);
            yield return ([option.Name, value], isWrong);
        }
        yield return ([$"{option.Name}=wrong"], IsNumber(option));
    }

    // The option that is tried is given once.
    private static string[] Without(string[] plain, Option option) =>
        Array.IndexOf(plain, option.Name) is >= 0 and var at ? [.. plain[..at], .. plain[(at + 2)..]] : plain;

    private static void Check(Answer answer, string[] arguments, bool isWrong, int[] allowed)
    {
        var tried = string.Join(' ', arguments.Select(argument => argument.Length > 60 ? $"{argument[..60]}…" : argument));
        Assert.That(answer.Code, isWrong ? Is.EqualTo(ExitCode.BadUsage) : Is.AnyOf([.. allowed]), $"{tried}: {answer}");
        // Who asks for traces gets them.
        var verbose = arguments.Any(argument => argument.StartsWith(CommonOptions.Verbose.Name, StringComparison.Ordinal));
        if (answer.Code != ExitCode.BadUsage || verbose)
            return;
        Assert.That(answer.Errors, Does.StartWith("error: "), tried);
        Assert.That(answer.Errors, Has.Length.LessThan(3000), tried);
        Assert.That(Jargon().Match(answer.Errors).Value, Is.Empty, $"{tried}: {answer}");
    }

    // Names of types, and the lines of a stack trace.
    [GeneratedRegex(@"\bSystem\.|\bPluginGan\.|Exception|`\d|^\s+at ", RegexOptions.Multiline)]
    private static partial Regex Jargon();
}
