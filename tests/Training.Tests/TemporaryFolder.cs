namespace PluginGan.Training.Tests;

internal sealed class TemporaryFolder : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("plugingan-");

    public string Path => folder.FullName;

    public void Dispose() => folder.Delete(recursive: true);
}
