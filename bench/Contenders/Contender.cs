using System.Diagnostics;
using System.Text.Json;
using PluginGan.Bench.Games;

namespace PluginGan.Bench.Contenders;

/// <summary>A child process that trains on demand: one entrant of a race.</summary>
internal sealed class Contender : IDisposable
{
    private readonly Process process;

    private Contender(string name, int batch, string program, IEnumerable<string> arguments)
    {
        (Name, Batch) = (name, batch);
        process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardInput = true, RedirectStandardOutput = true })!;
        if (process.StandardOutput.ReadLine() != "ready")
            throw Failure();
    }

    public string Name { get; }

    /// <summary>Real samples in an iteration.</summary>
    public int Batch { get; }

    /// <summary>Starts one of the product's kinds of training, or the plain loop.</summary>
    public static Contender Start(string name, TrainingSpec spec)
    {
        string[] arguments = ["contender", JsonSerializer.Serialize(spec)];
        // Started as `dotnet bench.dll` or as a program of its own.
        return Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet"
            ? new Contender(name, spec.Batch, Environment.ProcessPath!, [typeof(Contender).Assembly.Location, .. arguments])
            : new Contender(name, spec.Batch, Environment.ProcessPath!, arguments);
    }

    /// <summary>Starts any program that keeps to the protocol: it writes <c>ready</c>, reads numbers of iterations, and answers each with a <see cref="Lap"/>.</summary>
    /// <exception cref="InvalidOperationException">It ended instead.</exception>
    public static Contender Start(string name, int batch, string program, IEnumerable<string> arguments) => new(name, batch, program, arguments);

    /// <summary>Lets it run some iterations.</summary>
    /// <exception cref="InvalidOperationException">It ended instead; what it had to say went to standard error.</exception>
    public Lap Run(long iterations)
    {
        process.StandardInput.WriteLine(iterations);
        return process.StandardOutput.ReadLine() is { } answer ? JsonSerializer.Deserialize<Lap>(answer, Lap.Json)! : throw Failure();
    }

    public void Dispose()
    {
        process.StandardInput.Close();
        process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        process.Dispose();
    }

    private InvalidOperationException Failure()
    {
        process.StandardInput.Close();
        process.WaitForExit();
        return new InvalidOperationException($"{Name}: its process ended with exit code {process.ExitCode}");
    }
}
