using System.Diagnostics;
using NUnit.Framework;

namespace PluginGan.EndToEnd.Tests;

/// <summary>What a host that has been started before knows of the plugins that come with it: found out once, so that not every test's first start loads all of them.</summary>
[SetUpFixture]
internal sealed class KnownPlugins
{
    private static readonly DirectoryInfo Data = Directory.CreateTempSubdirectory("plugingan-test-data-");

    private static readonly Lazy<IReadOnlyList<string>> Files = new(() =>
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(Product.HostFolder, "plugingan.dll"), "plugins", "list"]) { RedirectStandardOutput = true };
        start.Environment["PLUGINGAN_DATA"] = Data.FullName;
        using var process = Process.Start(start)!;
        process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return Directory.GetFiles(Data.FullName, "*", SearchOption.AllDirectories);
    });

    /// <summary>Gives it to a data folder that does not exist yet.</summary>
    public static void CopyTo(string dataFolder)
    {
        if (Directory.Exists(dataFolder))
            return;
        foreach (var file in Files.Value)
        {
            var copy = Path.Combine(dataFolder, Path.GetRelativePath(Data.FullName, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }
    }

    [OneTimeTearDown]
    public void Delete() => Data.Delete(recursive: true);
}
