using System.Reflection;
using Microsoft.Extensions.Logging;
using PluginGan.Plugins.Images.Folders;
using PluginGan.Plugins.Tests.Mnist;
using TorchSharp;

namespace PluginGan.Plugins.Tests.Images;

/// <summary>A folder of images, opened as a recipe would have it opened; gone after the test.</summary>
internal sealed class PictureFolder : IDisposable, ILoggerFactory, ILogger, IProgress<ComponentProgress>
{
    private readonly TemporaryFolder files = new();
    private readonly TemporaryFolder data = new();

    public static string Committed { get; } = Path.Combine(
        typeof(PictureFolder).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(attribute => attribute.Key == "Repository").Value!, "tests", "Plugins.Tests", "Images", "Files");

    public string Root => files.Path;

    public string Data => data.Path;

    public List<string> Warnings { get; } = [];

    public List<ComponentProgress> Progress { get; } = [];

    /// <summary>What the file of the same name holds, as Pillow decodes it.</summary>
    public static byte[] Expected(string name) => File.ReadAllBytes(Path.Combine(Committed, name + ".rgb"));

    /// <summary>Puts a committed file into the folder, under its own name or another.</summary>
    public PictureFolder With(string committed, string? name = null)
    {
        files.Write(name ?? committed, File.ReadAllBytes(Path.Combine(Committed, committed)));
        return this;
    }

    public PictureFolder WithBytes(string name, byte[] content)
    {
        files.Write(name, content);
        return this;
    }

    /// <summary>Opens all images, unless the options are changed.</summary>
    public Dataset Open(Action<ImageFolderOptions>? change = null, long memory = 1 << 30, string? path = null, CancellationToken cancel = default)
    {
        var options = new ImageFolderOptions { Path = path ?? Root, Split = FolderSplit.All };
        change?.Invoke(options);
        return ImageFolder.Open(options, new ComponentContext { DataFolder = Data, LoggerFactory = this, Progress = this, CancellationToken = cancel }, memory);
    }

    public string Refusal(Action<ImageFolderOptions>? change = null, string? path = null)
    {
        try
        {
            using var opened = Open(change, path: path);
        }
        catch (ComponentException error)
        {
            return error.Message;
        }
        throw new InvalidOperationException("nothing was refused");
    }

    /// <summary>All bytes of all images in order.</summary>
    public static byte[] Bytes(Dataset dataset)
    {
        using var batch = dataset.Read([.. Enumerable.Range(0, (int)dataset.Count).Select(index => (long)index)], seed: 1);
        return batch.Samples.bytes.ToArray();
    }

    public static long[] Labels(Dataset dataset)
    {
        using var batch = dataset.Read([.. Enumerable.Range(0, (int)dataset.Count).Select(index => (long)index)], seed: 1);
        return batch.Condition!.data<long>().ToArray();
    }

    public void Dispose()
    {
        files.Dispose();
        data.Dispose();
    }

    ILogger ILoggerFactory.CreateLogger(string categoryName) => this;

    void ILoggerFactory.AddProvider(ILoggerProvider provider)
    {
    }

    void IProgress<ComponentProgress>.Report(ComponentProgress value) => Progress.Add(value);

    IDisposable? ILogger.BeginScope<TState>(TState state) => null;

    bool ILogger.IsEnabled(LogLevel logLevel) => true;

    void ILogger.Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (logLevel == LogLevel.Warning)
            Warnings.Add(formatter(state, exception));
    }
}
