using PluginGan.Core;
using PluginGan.Host.Terminal;
using PluginGan.Training;
using Spectre.Console;
using TorchSharp;
using static TorchSharp.torch;

namespace PluginGan.Host.Runs;

/// <summary><c>train --dry-run</c>: what the run would be, and one iteration of it.</summary>
internal sealed class DryRun(RunAssembly assembly, Screen screen, TimeProvider time) : ITrainingObserver
{
    private IReadOnlyDictionary<string, double> scalars = new Dictionary<string, double>();
    private TimeSpan taken;
    private long started;

    public int Execute(CancellationToken stopping)
    {
        // The same recipe with one iteration and one evaluation: most of what would fail later fails now.
        var training = assembly.Recipe.Training.FirstIteration();
        var memory = MemoryEstimate.Of(assembly.Setup);
        using var trainer = Trainer.Prepare(assembly.Setup with { Training = training, Evaluates = false });
        var networks = assembly.Setup.Model.Networks.Concat(assembly.Setup.Objective.Networks)
            .Select(network => new { network.Key, Parameters = network.Value.parameters().Sum(parameter => parameter.NumberOfElements) }).ToList();
        var shapes = Shapes(training.Batch / training.Accumulate);
        started = time.GetTimestamp();
        trainer.Run(this, stopping);
        // The sheet of samples reads more of the data than the iteration did.
        using (var sheet = new SampleSheet(assembly.Dataset, assembly.Setup.Model, assembly.Setup.Seed))
            trainer.WithAverages(() => sheet.Encode(assembly.Setup.Model, assembly.Setup.Device, new ImageProvenance()));
        var scores = assembly.Evaluation is { } evaluation ? trainer.WithAverages(() => evaluation.Measure(assembly.Setup.Model, stopping)) : null;

        screen.Line(Recipes.ToJson(assembly.Recipe));
        var table = new Table().AddColumns("network", "parameters");
        foreach (var network in networks)
            table.AddRow(network.Key, $"{network.Parameters:N0}");
        screen.Text.Write(table);
        table = new Table().AddColumns("tensor", "shape");
        foreach (var (name, shape) in shapes)
            table.AddRow(name, Markup.Escape($"[{string.Join(", ", shape)}]"));
        screen.Text.Write(table);
        screen.Line($"memory: at least {memory.Total / 1e6:N0} MB (weights, gradients, moments and averages {memory.Weights / 1e6:N0}, "
            + $"data on the device {memory.Data / 1e6:N0}, activations of a batch {memory.Activations / 1e6:N0})");
        screen.Line($"one iteration: {taken.TotalMilliseconds:N0} ms, {string.Join("  ", scalars.Select(value => $"{value.Key} {TrainingText.Number(value.Value)}"))}");
        if (scores is { Scores.Count: > 0 })
            screen.Line($"scores after it: {string.Join("  ", scores.Scores.Select(score => $"{score.Metric} {TrainingText.Number(score.Value)}"))}");
        foreach (var skipped in scores?.Skipped ?? [])
            screen.Warning($"not evaluated: {skipped}");
        foreach (var warning in scores?.Warnings ?? [])
            screen.Warning(warning);
        screen.Answer(new
        {
            recipe = System.Text.Json.Nodes.JsonNode.Parse(Recipes.ToJson(assembly.Recipe)),
            parameters = networks.ToDictionary(network => network.Key, network => network.Parameters),
            shapes,
            memory,
            iteration = new { milliseconds = taken.TotalMilliseconds, scalars },
        });
        return ExitCode.Done;
    }

    public void Iterated() => taken = time.GetElapsedTime(started);

    public Checkpoint? Log(IReadOnlyDictionary<string, double> scalars)
    {
        this.scalars = scalars;
        return null;
    }

    private Dictionary<string, long[]> Shapes(int count)
    {
        using var scope = NewDisposeScope();
        using var quiet = no_grad();
        using var draws = Draws.Begin(assembly.Recipe.Seed);
        var model = assembly.Setup.Model;
        var batch = assembly.Dataset.Read([.. Enumerable.Range(0, count).Select(index => index % assembly.Dataset.Count)], 0);
        var real = Scaling.Scale(batch, assembly.Dataset.Spec, assembly.Setup.Device);
        var condition = model.Condition is NoCondition ? null : real.Condition;
        var latent = Latents.Draw(model.Latent, count, assembly.Recipe.Seed, assembly.Setup.Device);
        var shapes = new Dictionary<string, long[]> { ["samples"] = real.Samples.shape };
        if (condition is not null)
            shapes["condition"] = condition.shape;
        if (model.Generates.Count == 0)
            return shapes;
        shapes["latent"] = latent.shape;
        shapes["generated"] = model.Generate(latent, condition).shape;
        return shapes;
    }
}
