using System.Text.Json;
using System.Text.Json.Serialization;
using Spectre.Console;

namespace PluginGan.Host.Terminal;

/// <summary>
/// Where a command writes. With <c>--json</c> standard output carries one JSON document, standard error has errors and warnings, on a
/// terminal progress too, and what else people read is not written.
/// </summary>
internal sealed class Screen
{
    private const int WidthWhenPiped = 160;
    private const int LongestMessage = 2000;

    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };

    public Screen(bool json, bool verbose)
    {
        (Json, Verbose) = (json, verbose);
        Errors = Open(Console.Error, Console.IsErrorRedirected);
        Text = json ? Open(TextWriter.Null, piped: true) : Open(Console.Out, Console.IsOutputRedirected);
        Progress = json && !Console.IsErrorRedirected ? Errors : Text;
    }

    public bool Json { get; }

    public bool Verbose { get; }

    /// <summary>What a person reads.</summary>
    public IAnsiConsole Text { get; }

    /// <summary>Errors and warnings.</summary>
    public IAnsiConsole Errors { get; }

    /// <summary>How far a work has come.</summary>
    public IAnsiConsole Progress { get; }

    /// <summary>Whether a person is watching, so that a line may be drawn over.</summary>
    public bool Live => Progress.Profile.Capabilities.Interactive && !(Json ? Console.IsErrorRedirected : Console.IsOutputRedirected);

    /// <summary>Whether a progress bar is being drawn, so that no other line may be drawn over.</summary>
    public bool HasBar { get; set; }

    /// <summary>Whether the answer for a script could not be written: the command has failed for it, whatever it did.</summary>
    public bool AnswerIsLost { get; private set; }

    /// <summary>The answer for a script, if it asked for one.</summary>
    public void Answer(object document)
    {
        if (!Json)
            return;
        try
        {
            Console.Out.WriteLine(JsonSerializer.Serialize(document, Options));
            Console.Out.Flush();
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            AnswerIsLost = true;
            Error($"the answer could not be written to standard output: {error.Message}");
        }
    }

    /// <summary>A line for people, not folded: paths in it can be copied.</summary>
    public void Line(string text = "") => Text.Profile.Out.Writer.WriteLine(text);

    /// <summary>A line about a work that goes on.</summary>
    public void ProgressLine(string text) => Progress.Profile.Out.Writer.WriteLine(text);

    public void Error(string message) => Say("[red]error:[/] ", message);

    public void Warning(string message) => Say("[yellow]warning:[/] ", message);

    /// <summary>A message as it is shown, whatever a user or a file has put into it: the start of a long one, and nothing that moves the
    /// cursor.</summary>
    public static string Shown(string message)
    {
        var visible = string.Concat(message.Take(LongestMessage).Select(letter => char.IsControl(letter) && letter != '\n' ? '\uFFFD' : letter));
        return message.Length <= LongestMessage ? visible : $"{visible}… ({message.Length} characters)";
    }

    // One message is one line, however long: scripts and terminals fold lines themselves.
    private void Say(string mark, string message)
    {
        Errors.Markup(mark);
        Errors.Profile.Out.Writer.WriteLine(Shown(message));
    }

    private static IAnsiConsole Open(TextWriter writer, bool piped)
    {
        // Spectre knows a pipe by the console's own writer, which it is not given.
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Out = new GuardedOutput(writer),
            Ansi = piped ? AnsiSupport.No : AnsiSupport.Detect,
            ColorSystem = piped ? ColorSystemSupport.NoColors : ColorSystemSupport.Detect,
            Interactive = piped ? InteractionSupport.No : InteractionSupport.Detect,
        });
        // Lines for a file or a pipe are not folded at a width that nobody sees.
        if (piped)
            console.Profile.Width = WidthWhenPiped;
        return console;
    }
}
