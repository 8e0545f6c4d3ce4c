using System.Security.Cryptography;
using System.Text;
using PluginGan.Bench.Results;

namespace PluginGan.Repro;

/// <summary>Whether training in bfloat16 costs quality: equal recipes and seeds in both precisions, and the differences of their scores.</summary>
/// <param name="host">Trains and evaluates.</param>
/// <param name="seeds">Runs in each precision.</param>
/// <param name="quick">Whether it is only to be seen that the study runs.</param>
internal sealed class PrecisionStudy(HostProgram host, int seeds, bool quick)
{
    private static readonly string[] Precisions = ["fp32", "bf16"];

    private static readonly string[] QuickSettings =
    [
        "dataset.name=fashion-mnist-10k", "architecture.width=4", "training.iterations=4", "training.batch=8", "evaluation.samples=200",
    ];

    private static string Recipe => Path.Combine(AppContext.BaseDirectory, "bf16.json");

    /// <summary>Runs what is not yet finished.</summary>
    /// <exception cref="InvalidOperationException">A run failed.</exception>
    public ResultFile Run()
    {
        var runs = Precisions.ToDictionary(precision => precision, _ => new List<FinishedRun>());
        // Seed by seed: a study that is cut short has pairs.
        for (var seed = 1; seed <= seeds; seed++)
            foreach (var precision in Precisions)
            {
                var run = Train(precision, seed);
                Console.WriteLine($"{precision}, seed {seed}: {string.Join(", ", run.FinalScores.Select(score => $"{score.Key} {Statistics.Format(score.Value)}"))}");
                runs[precision].Add(run);
            }
        return new ResultFile
        {
            Machine = Machine.Here(host.Device),
            Date = DateOnly.FromDateTime(DateTime.UtcNow),
            Command = $"repro {(quick ? "--quick " : "")}--seeds {seeds} --threads {host.Threads}{(host.Device == "cpu" ? "" : $" --device {host.Device}")}",
            Versions = runs["fp32"][0].Versions().Append(new("device:", host.Device)).ToDictionary(),
            Measurements = [.. Measurements(runs)],
        };
    }

    private FinishedRun Train(string precision, int seed)
    {
        string[] settings = quick ? QuickSettings : [];
        // A changed recipe is another study: its runs are told from older ones by their names.
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes(File.ReadAllText(Recipe) + string.Join('\n', settings)));
        return host.Train($"bf16-{Convert.ToHexStringLower(hash)[..8]}-{precision}-seed{seed}", Recipe, [.. settings, $"training.precision={precision}", $"seed={seed}"]);
    }

    private static IEnumerable<Measurement> Measurements(Dictionary<string, List<FinishedRun>> runs)
    {
        const string Group = "DCGAN on Fashion-MNIST, fp32 against bf16, by seed";
        foreach (var metric in runs["fp32"][0].FinalScores.Keys)
        {
            var scores = runs.ToDictionary(entry => entry.Key, entry => entry.Value.Select(run => run.FinalScores[metric]).ToList());
            foreach (var (precision, values) in scores)
                yield return new Measurement(Group, $"{metric}, {precision}", "", values) { Summary = Summary.Mean };
            yield return new Measurement(Group, $"{metric}, bf16 less fp32", "", [.. scores["bf16"].Zip(scores["fp32"], (half, full) => half - full)]) { Summary = Summary.Mean };
        }
        foreach (var (precision, finished) in runs)
            if (finished.Select(run => run.Minutes).OfType<double>().ToList() is { Count: > 0 } minutes)
                yield return new Measurement(Group, $"time of a run with its evaluation, {precision}", "min", minutes) { Summary = Summary.Mean };
    }
}
