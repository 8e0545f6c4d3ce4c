using System.Globalization;
using System.Text;

namespace PluginGan.Host.Terminal;

/// <summary>
/// Writes to a stream of the console. What it does not take, since the disk is full or the pipe closed, costs the output, not the
/// command.
/// </summary>
internal sealed class GuardedWriter(TextWriter writer) : TextWriter(CultureInfo.InvariantCulture)
{
    public override Encoding Encoding => writer.Encoding;

    public override void Write(char value) => Guard(() => writer.Write(value));

    public override void Write(char[] buffer, int index, int count) => Guard(() => writer.Write(buffer, index, count));

    // By way of a string: one call stays one write, so that lines of several threads do not mix.
    public override void Write(ReadOnlySpan<char> buffer) => Write(buffer.ToString());

    public override void Write(string? value) => Guard(() => writer.Write(value));

    public override void WriteLine(string? value) => Guard(() => writer.WriteLine(value));

    public override void Flush() => Guard(writer.Flush);

    private static void Guard(Action write)
    {
        try
        {
            write();
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or ObjectDisposedException)
        {
            // There is nowhere left to say it. The next write may find room again.
        }
    }
}
