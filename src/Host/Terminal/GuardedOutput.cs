using System.Text;
using Spectre.Console;

namespace PluginGan.Host.Terminal;

/// <summary>A stream of the console as Spectre sees it, with a <see cref="GuardedWriter"/>.</summary>
internal sealed class GuardedOutput(TextWriter writer) : IAnsiConsoleOutput
{
    // It knows a terminal by its writer.
    private readonly AnsiConsoleOutput unguarded = new(writer);

    public TextWriter Writer { get; } = new GuardedWriter(writer);

    public bool IsTerminal => unguarded.IsTerminal;

    public int Width => unguarded.Width;

    public int Height => unguarded.Height;

    public void SetEncoding(Encoding encoding) => unguarded.SetEncoding(encoding);
}
