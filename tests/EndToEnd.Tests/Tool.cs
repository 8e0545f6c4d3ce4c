using System.Diagnostics;

namespace PluginGan.EndToEnd.Tests;

/// <summary>A built program of the repository that is not the product: the benchmarks, the studies.</summary>
internal static class Tool
{
    public static Outcome Bench(params string[] arguments) => Run("bench", "bench.dll", arguments);

    public static Outcome Repro(params string[] arguments) => Run("repro", "repro.dll", arguments);

    private static Outcome Run(string project, string assembly, string[] arguments)
    {
        var path = Path.Combine(Product.Repository, project, "bin", Product.Configuration, "net10.0", assembly);
        var start = new ProcessStartInfo("dotnet", [path, .. arguments]) { RedirectStandardOutput = true, RedirectStandardError = true };
        // Test assemblies run beside each other.
        start.Environment["OMP_NUM_THREADS"] = "1";
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return new Outcome(process.ExitCode, output, errors.Result);
    }
}
