using PluginGan.Host.Commands;

namespace PluginGan.Host.Tests;

/// <summary>A command line that runs within the test process, in a folder of its own.</summary>
internal sealed class InProcess : IDisposable
{
    private const string DataVariable = "PLUGINGAN_DATA";

    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(60);

    // The working folder stands alone in another, which a test may name by "..".
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("plugingan-");
    private readonly string before = Environment.CurrentDirectory;
    private readonly string? dataBefore = Environment.GetEnvironmentVariable(DataVariable);

    public InProcess()
    {
        Environment.CurrentDirectory = folder.CreateSubdirectory("work").FullName;
        Environment.SetEnvironmentVariable(DataVariable, Path.Combine(folder.FullName, "work", "data"));
    }

    public string File(string name, string content)
    {
        System.IO.File.WriteAllText(name, content);
        return name;
    }

    public Answer Run(params string[] arguments)
    {
        var (output, errors) = (Console.Out, Console.Error);
        using var said = new StringWriter();
        using var complained = new StringWriter();
        Console.SetOut(said);
        Console.SetError(complained);
        try
        {
            var run = Task.Run(() => CommandLine.RunAsync(arguments));
            return run.Wait(Longest)
                ? new Answer(run.Result, said.ToString(), complained.ToString())
                : throw new TimeoutException($"it hangs: {string.Join(' ', arguments)}");
        }
        finally
        {
            Console.SetOut(output);
            Console.SetError(errors);
        }
    }

    public void Dispose()
    {
        Environment.CurrentDirectory = before;
        Environment.SetEnvironmentVariable(DataVariable, dataBefore);
        folder.Delete(recursive: true);
    }
}

/// <summary>How a command ended and what it wrote.</summary>
internal sealed record Answer(int Code, string Output, string Errors)
{
    public override string ToString() => $"exit code {Code}\n--- output\n{Output}\n--- errors\n{Errors}";
}
