using NUnit.Framework;
using TorchSharp;

namespace PluginGan.Training.Tests;

public class NativeTorchTests
{
    private static string OwnFolder => Path.GetDirectoryName(NativeTorch.OwnLibrary())!;

    [Test]
    public void Our_own_libtorch_has_every_function_that_TorchSharp_calls() => Assert.That(NativeTorch.MissingFunctions(OwnFolder), Is.Empty);

    [Test]
    public void Without_libtorch_every_function_of_it_is_missing_and_none_of_the_C_runtime()
    {
        using var empty = new TemporaryFolder();
        var missing = NativeTorch.MissingFunctions(empty.Path);

        Assert.That(missing, Has.Count.GreaterThan(1000).And.Some.StartWith("at::_ops::conv2d").And.None.StartWith("std::").And.None.EqualTo("malloc"));
    }

    [Test]
    public void A_function_that_one_library_lacks_is_named()
    {
        using var folder = new TemporaryFolder();
        foreach (var library in new[] { "libtorch_cpu.so", "libtorch.so" })
            File.CreateSymbolicLink(Path.Combine(folder.Path, library), Path.Combine(OwnFolder, library));

        Assert.That(NativeTorch.MissingFunctions(folder.Path), Has.Some.EqualTo("c10::Error::what() const").And.None.StartWith("at::"));
    }

    [Test]
    public void A_file_that_is_no_library_is_refused()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(Path.Combine(folder.Path, "libc10.so"), new string('x', 200));

        Assert.That(() => NativeTorch.MissingFunctions(folder.Path), Throws.TypeOf<InvalidDataException>().With.Message.Contains("libc10.so"));
    }

    [Test]
    public void The_version_is_that_of_the_loaded_libtorch()
    {
        var build = TorchBuild.Current();

        Assert.That(build.Version, Does.StartWith(NativeTorch.Wanted));
        Assert.That(torch.__version__, Does.StartWith(NativeTorch.Wanted), "the version that TorchSharp is built for has changed: NativeTorch.Wanted is to follow");
        Assert.That(build.Cuda is null || torch.cuda.device_count() >= 0);
    }
}
