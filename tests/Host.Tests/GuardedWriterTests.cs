using System.Text;
using NUnit.Framework;
using PluginGan.Host.Terminal;
using Spectre.Console;

namespace PluginGan.Host.Tests;

/// <summary>What is written to a console that takes nothing.</summary>
public class GuardedWriterTests
{
    [Test]
    public void A_full_disk_costs_what_is_written_until_there_is_space_again()
    {
        using var disk = new Disk();
        using var stream = new StreamWriter(disk, new UTF8Encoding(false)) { AutoFlush = true };
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new GuardedOutput(stream), Ansi = AnsiSupport.No });

        console.MarkupLine("one");
        disk.IsFull = true;
        console.MarkupLine("[red]two[/]");
        console.Write(new Table().AddColumns("three"));
        console.Profile.Out.Writer.WriteLine("four");
        console.Profile.Out.Writer.Write('5');
        console.Profile.Out.Writer.Write("six".AsSpan());
        console.Profile.Out.Writer.Flush();
        disk.IsFull = false;
        console.MarkupLine("seven");

        Assert.That(disk.Failures, Is.GreaterThanOrEqualTo(5));
        Assert.That(Encoding.UTF8.GetString(disk.Content.ToArray()).ReplaceLineEndings("\n"), Is.EqualTo("one\nseven\n"));
    }

    [Test]
    public void A_fault_that_is_none_of_the_stream_is_not_hidden()
    {
        using var stream = new StreamWriter(new Disk { Fault = new InvalidOperationException("a fault of the program") }) { AutoFlush = true };
        using var guarded = new GuardedWriter(stream);

        Assert.That(() => guarded.WriteLine("one"), Throws.InvalidOperationException);
    }

    private sealed class Disk : Stream
    {
        public bool IsFull { get; set; }

        public Exception? Fault { get; init; }

        public int Failures { get; private set; }

        public MemoryStream Content { get; } = new();

        public override bool CanRead => false;

        public override bool CanSeek => false;

        public override bool CanWrite => true;

        public override long Length => Content.Length;

        public override long Position { get => Content.Position; set => throw new NotSupportedException(); }

        public override void Write(byte[] buffer, int offset, int count)
        {
            if (Fault is { } fault && !IsFull)
            {
                // Once: what the writer holds back is written when it is disposed.
                IsFull = true;
                throw fault;
            }
            if (IsFull && Fault is null)
            {
                Failures++;
                throw new IOException("No space left on device");
            }
            Content.Write(buffer, offset, count);
        }

        public override void Flush()
        {
        }

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();
    }
}
