using System.Diagnostics;
using System.Reflection;
using System.Text;

namespace PluginGan.EndToEnd.Tests;

/// <summary>The product as a user has it: the built program, run as a process in a folder of its own.</summary>
internal sealed class Product : IDisposable
{
    private readonly DirectoryInfo home = Directory.CreateTempSubdirectory("plugingan-test-");

    public static string Repository { get; } = Metadata("Repository");

    public static string Configuration { get; } = Metadata("Configuration");

    public static string HostFolder { get; } = Path.Combine(Repository, "src", "Host", "bin", Configuration, "net10.0");

    /// <summary>The working folder; gone after the test.</summary>
    public string Folder => home.FullName;

    /// <summary>A folder with another libtorch than the program's, or null.</summary>
    public string? LibtorchFolder { get; init; }

    public string Runs => Path.Combine(Folder, "runs");

    /// <summary>A plugin folder for <c>--plugins</c>, empty at first.</summary>
    public string PluginFolder => Directory.CreateDirectory(Path.Combine(Folder, "extra-plugins")).FullName;

    public string File(string name, string content)
    {
        var path = Path.Combine(Folder, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        System.IO.File.WriteAllText(path, content);
        return path;
    }

    /// <summary>Drops one of the test plugins into the plugin folder.</summary>
    public Product With(string testPlugin)
    {
        var name = $"PluginGan.TestPlugins.{testPlugin}";
        var target = Directory.CreateDirectory(Path.Combine(PluginFolder, name)).FullName;
        foreach (var file in Directory.GetFiles(Path.Combine(Repository, "tests", "TestPlugins", testPlugin, "bin", Configuration, "net10.0")))
            System.IO.File.Copy(file, Path.Combine(target, Path.GetFileName(file)), overwrite: true);
        return this;
    }

    public Outcome Run(params string[] arguments)
    {
        using var process = Start(arguments);
        return process.Wait();
    }

    public Running Start(params string[] arguments) => new(this, "dotnet", [], arguments);

    /// <summary>As <see cref="Start"/>, in a process that a shell has prepared.</summary>
    public Running StartPrepared(string commands, params string[] arguments) => new(this, "sh", ["-c", $"{commands}; exec dotnet \"$@\"", "sh"], arguments);

    /// <summary>The only run in the runs folder.</summary>
    public string OnlyRun() => Directory.GetDirectories(Runs).Single();

    public void Dispose() => home.Delete(recursive: true);

    private static string Metadata(string key) =>
        typeof(Product).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(attribute => attribute.Key == key).Value!;

    internal sealed class Running : IDisposable
    {
        private readonly Process process;
        private readonly StringBuilder output = new();
        private readonly StringBuilder errors = new();

        public Running(Product product, string program, string[] before, string[] arguments)
        {
            var start = new ProcessStartInfo(program, before)
            {
                WorkingDirectory = product.Folder,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
                RedirectStandardInput = true,
            };
            start.ArgumentList.Add(Path.Combine(HostFolder, "plugingan.dll"));
            foreach (var argument in arguments)
                start.ArgumentList.Add(argument);
            if (Directory.Exists(Path.Combine(product.Folder, "extra-plugins")))
            {
                start.ArgumentList.Add("--plugins");
                start.ArgumentList.Add(product.PluginFolder);
            }
            // Test assemblies run beside each other, and each test has its own caches.
            start.Environment["OMP_NUM_THREADS"] = "1";
            var data = Path.Combine(product.Folder, "data");
            KnownPlugins.CopyTo(data);
            start.Environment["PLUGINGAN_DATA"] = data;
            if (product.LibtorchFolder is { } libtorch)
                start.Environment["PLUGINGAN_LIBTORCH"] = libtorch;
            process = Process.Start(start)!;
            process.OutputDataReceived += (_, line) => Add(output, line.Data);
            process.ErrorDataReceived += (_, line) => Add(errors, line.Data);
            process.BeginOutputReadLine();
            process.BeginErrorReadLine();
        }

        public int Id => process.Id;

        public bool HasExited => process.HasExited;

        /// <summary>Ends the process as a power cut would.</summary>
        public void Kill()
        {
            process.Kill();
            process.WaitForExit();
        }

        public Outcome Wait()
        {
            process.WaitForExit();
            return new Outcome(process.ExitCode, output.ToString(), errors.ToString());
        }

        public void Dispose()
        {
            if (!process.HasExited)
                Kill();
            process.Dispose();
        }

        private static void Add(StringBuilder text, string? line)
        {
            if (line is not null)
                lock (text)
                    text.AppendLine(line);
        }
    }
}

/// <summary>How a process ended and what it wrote.</summary>
internal sealed record Outcome(int ExitCode, string Output, string Errors)
{
    public override string ToString() => $"exit code {ExitCode}\n--- output\n{Output}\n--- errors\n{Errors}";
}
