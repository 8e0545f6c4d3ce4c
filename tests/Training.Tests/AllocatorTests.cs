using System.Runtime.InteropServices;
using NUnit.Framework;

namespace PluginGan.Training.Tests;

public class AllocatorTests
{
    [Test]
    public void On_linux_with_glibc_the_process_keeps_what_it_frees()
    {
        var glibc = OperatingSystem.IsLinux() && NativeLibrary.TryLoad("libc.so.6", out _);
        Assert.That(Allocator.KeepFreedMemory(), Is.EqualTo(glibc));
    }
}
