using System.Text.Json;
using PluginGan.Core;
using PluginGan.Plugins.DcGan;
using PluginGan.Plugins.Losses;
using PluginGan.Training;
using TorchSharp;

namespace PluginGan.Bench.Games;

/// <summary>The parts of a training as the host would make them from a recipe.</summary>
internal sealed class DcGanGame : IDisposable
{
    private const ulong Seed = 1;

    private readonly AdversarialLoss loss;

    public DcGanGame(TrainingSpec spec)
    {
        Spec = spec;
        Device = torch.device(spec.Device);
        var parts = new PluginParts(new DcGanPlugin(), new LossesPlugin());
        Dataset = new NoiseImages();
        torch.manual_seed((long)Seed);
        Model = parts.Model("dcgan", Dataset.Spec, new DcGanOptions { Width = spec.Width });
        loss = parts.Loss("non-saturating");
        Objective = AdversarialObjective.Of(Model, loss, []);
        Data = BatchSource.Open(Dataset, Seed, Device);
    }

    public TrainingSpec Spec { get; }

    public torch.Device Device { get; }

    public Dataset Dataset { get; }

    public GanModel Model { get; }

    public Objective Objective { get; }

    public BatchSource Data { get; }

    /// <summary>What the product's trainer is given; it runs until it is stopped.</summary>
    public TrainerSetup Setup() => Setup(Objective, Model, Data);

    /// <summary>The same with parts that stand around those of the game.</summary>
    public TrainerSetup Setup(Objective objective, GanModel model, BatchSource data, Func<Optimizer, Optimizer>? around = null) => new()
    {
        Model = model,
        Objective = objective,
        Loss = loss,
        Data = data,
        Training = Settings().Choose(SampleKind.Image, onCpu: Device.type == DeviceType.CPU, nativeBf16: false),
        Optimizers = model.Networks.Keys.ToDictionary(role => role, _ => new NetworkOptimizer(around?.Invoke(new Adam(new AdamOptions())) ?? new Adam(new AdamOptions()), 2e-4)),
        Seed = Seed,
        Device = Device,
    };

    public void Dispose()
    {
        Data.Dispose();
        foreach (var network in Model.Networks.Values)
            network.Dispose();
        Objective.Dispose();
        Model.Dispose();
        Dataset.Dispose();
    }

    private TrainingSettings Settings() => Recipes.Read("bench.json", [], _ => $$"""
        {
          "dataset": "noise", "architecture": "dcgan", "loss": "non-saturating",
          "training": {
            "iterations": 1000000000, "batch": {{Spec.Batch}}, "snapshotEvery": 0, "checkpointEvery": {{Spec.CheckpointEvery}},
            "precision": "{{(Spec.Bf16 ? "bf16" : "fp32")}}", "memoryFormat": "{{JsonNamingPolicy.CamelCase.ConvertName(Spec.MemoryFormat.ToString())}}",
            "ema": {{(Spec.Averages ? """{ "halfLifeKimg": 10 }""" : "null")}}
          }
        }
        """).Training;
}
