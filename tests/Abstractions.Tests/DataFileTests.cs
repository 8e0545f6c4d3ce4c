using System.Diagnostics;
using System.Net.Sockets;
using NUnit.Framework;

namespace PluginGan.Abstractions.Tests;

/// <summary>What is opened as data, and what is refused before it could keep anybody waiting or take memory.</summary>
public sealed class DataFileTests
{
    private DirectoryInfo folder = null!;

    [SetUp]
    public void SetUp() => folder = Directory.CreateTempSubdirectory();

    [TearDown]
    public void TearDown() => folder.Delete(recursive: true);

    [Test]
    public void A_file_is_opened_and_so_is_a_link_to_one()
    {
        File.WriteAllText(Name("file"), "text");
        File.CreateSymbolicLink(Name("link"), Name("file"));
        foreach (var name in new[] { "file", "link" })
        {
            using var reader = new StreamReader(DataFile.Open(Name(name)));
            Assert.That((reader.ReadToEnd(), DataFile.OtherKind(Name(name))), Is.EqualTo(("text", (string?)null)));
        }
    }

    [Test]
    public void What_is_no_regular_file_is_refused_and_nothing_hangs()
    {
        if (!OperatingSystem.IsLinux())
            Assert.Ignore("other systems tell no kinds of files");
        Process.Start("mkfifo", [Name("pipe")]).WaitForExit();
        File.CreateSymbolicLink(Name("link"), Name("pipe"));
        using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        socket.Bind(new UnixDomainSocketEndPoint(Name("socket")));

        Assert.Multiple(() =>
        {
            Assert.That(Refusal(Name("pipe")), Is.EqualTo($"'{Name("pipe")}' cannot be read: it is a pipe (FIFO); name a file"));
            Assert.That(Refusal(Name("link")), Does.Contain("a pipe"));
            Assert.That(Refusal(Name("socket")), Does.Contain("it is a socket"));
            Assert.That(Refusal("/dev/zero"), Does.Contain("it is a device"));
            Assert.That(Refusal(folder.FullName), Does.Contain("it is a folder; name a file"));
            Assert.That(Refusal(Name("none")), Does.EndWith("there is no such file"));
        });
    }

    [Test]
    public void A_link_that_leads_to_itself_is_refused()
    {
        File.CreateSymbolicLink(Name("loop"), Name("loop"));
        Assert.That(Refusal(Name("loop")), Does.Contain("loop").And.Contain("cannot be read"));
    }

    [Test]
    public void What_does_not_fit_into_memory_is_refused_with_both_figures()
    {
        DataMemory.Require(1000, "'x'", "take less", available: 1000);
        Assert.That(() => DataMemory.Require(3.25e9, "'x'", "take less", available: 500_000_000), Throws.TypeOf<ComponentException>()
            .With.Message.EqualTo("'x' would take 3.3 GB of memory, and 500.0 MB are available; take less"));
        Assert.That(DataMemory.Available(), Is.InRange(1L << 20, GC.GetGCMemoryInfo().TotalAvailableMemoryBytes));
    }

    private string Name(string name) => Path.Combine(folder.FullName, name);

    private static string Refusal(string path) => Assert.Throws<ComponentException>(() => DataFile.Open(path).Dispose())!.Message;
}
