using System.ComponentModel;
using System.Diagnostics;
using System.Text.Json;
using PluginGan.Bench.Contenders;
using PluginGan.Bench.Results;

namespace PluginGan.Bench.Measures;

/// <summary>The trainer against the same network in PyTorch (<c>twin/train.py</c>), where there is a Python with it.</summary>
internal sealed class PyTorchTwin : IMeasure
{
    /// <summary>The environment variable that names the Python to use.</summary>
    public const string Variable = "PLUGINGAN_PYTHON";

    // PyTorch may be several times slower here: laps are shorter, by the trainer's pace.
    private const double LapSeconds = 2;

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    public string Name => "twin";

    public IEnumerable<Measurement> Take(BenchSettings settings)
    {
        if (Find(settings) is not { } twin)
        {
            Console.Error.WriteLine($"twin: no Python with PyTorch was found; name one with {Variable}");
            yield break;
        }
        var spec = settings.Training(settings.Batches[0]);
        var ours = new Dictionary<string, bool> { ["trainer, fp32"] = false, ["trainer, bf16"] = true };
        using var contenders = new ContenderGroup();
        foreach (var (name, bf16) in ours)
            contenders.Start(name, spec with { Bf16 = bf16 });
        var theirs = new List<string>();
        foreach (var variant in twin.Description.Variants.Take(settings.Count(int.MaxValue, 1)))
        {
            var name = $"PyTorch {twin.Description.Torch}, {variant.Name}";
            string[] arguments = [Script, "--follow", .. Common(settings), "--batch", $"{spec.Batch}", "--width", $"{spec.Width}", .. variant.Arguments];
            if (contenders.TryStart(name, spec.Batch, twin.Python, arguments, settings.WarmUp))
                theirs.Add(name);
        }
        var race = contenders.Race(settings, LapSeconds);

        var group = $"PyTorch, DCGAN, width {spec.Width}, batch {spec.Batch}";
        foreach (var name in contenders.Names)
            yield return new Measurement(group, name, "img/s", race.Rates(name));
        foreach (var (name, bf16) in ours)
            foreach (var their in theirs.Where(their => their.Contains("bf16", StringComparison.Ordinal) == bf16))
                yield return new Measurement(group, $"{name}, over {their}", "×", race.Ratios(name, their));
    }

    private static string Script => Path.Combine(AppContext.BaseDirectory, "twin", "train.py");

    private static string[] Common(BenchSettings settings) => ["--device", settings.Device, "--threads", $"{settings.Threads}"];

    private static (string Python, Description Description)? Find(BenchSettings settings)
    {
        string?[] candidates = [Environment.GetEnvironmentVariable(Variable), "/usr/bin/python3", "python3"];
        foreach (var python in candidates.OfType<string>().Where(candidate => candidate.Length > 0))
            if (Describe(python, settings) is { } description)
                return (python, description);
        return null;
    }

    private static Description? Describe(string python, BenchSettings settings)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(python, [Script, "--describe", .. Common(settings)]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
            // What a Python without PyTorch says is of no interest.
            process.ErrorDataReceived += (_, _) => { };
            process.BeginErrorReadLine();
            var answer = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            return process.ExitCode == 0 ? JsonSerializer.Deserialize<Description>(answer, Json) : null;
        }
        catch (Win32Exception)
        {
            return null;
        }
    }

    private sealed record Description(string Torch, IReadOnlyList<Variant> Variants);

    private sealed record Variant(string Name, IReadOnlyList<string> Arguments);
}
