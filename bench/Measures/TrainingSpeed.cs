using PluginGan.Bench.Contenders;
using PluginGan.Bench.Games;
using PluginGan.Bench.Results;
using PluginGan.Core;

namespace PluginGan.Bench.Measures;

/// <summary>
/// The trainer against a loop by hand on the same network, in processes of their own, since the host's allocator settings hold for a whole
/// process: the plain loop has glibc's defaults, and once more the host's settings. The trainer runs in both memory formats.
/// </summary>
internal sealed class TrainingSpeed(Machine machine) : IMeasure
{
    private const string Plain = "plain TorchSharp loop, fp32";
    private const string PlainKeeping = "plain TorchSharp loop, fp32, with the host's allocator settings";

    // A lap of a few seconds averages over what else the machine does.
    private const double LapSeconds = 4;

    private static readonly (bool Bf16, MemoryFormat Format)[] Trainings =
    [
        (false, MemoryFormat.ChannelsLast), (false, MemoryFormat.Contiguous), (true, MemoryFormat.ChannelsLast), (true, MemoryFormat.Contiguous),
    ];

    public string Name => "training";

    public IEnumerable<Measurement> Take(BenchSettings settings) => settings.Batches.SelectMany(batch => At(batch, settings));

    private IEnumerable<Measurement> At(int batch, BenchSettings settings)
    {
        var ours = settings.Training(batch);
        var plain = ours with { Loop = TrainingLoop.Plain };
        using var contenders = new ContenderGroup();
        contenders.Start(Plain, plain with { KeepsMemory = false });
        contenders.Start(PlainKeeping, plain);
        foreach (var (bf16, format) in Trainings)
            contenders.Start(Trainer(bf16, format), ours with { Bf16 = bf16, MemoryFormat = format });
        var race = contenders.Race(settings, LapSeconds);

        var group = $"DCGAN, width {ours.Width}, batch {batch}";
        foreach (var contender in contenders.Names)
            yield return new Measurement(group, contender, "img/s", race.Rates(contender));
        yield return new Measurement(group, $"{PlainKeeping}, over the plain loop", "×", race.Ratios(PlainKeeping, Plain));
        foreach (var (bf16, format) in Trainings)
            yield return new Measurement(group, $"{Trainer(bf16, format)}, over the plain loop", "×", race.Ratios(Trainer(bf16, format), Plain))
            {
                Demanded = format == MemoryFormat.ChannelsLast && settings.OnCpu ? Demanded(bf16) : null,
            };
        foreach (var bf16 in new[] { false, true })
            yield return new Measurement(group, $"channels-last over contiguous, {Precision(bf16)}", "×",
                race.Ratios(Trainer(bf16, MemoryFormat.ChannelsLast), Trainer(bf16, MemoryFormat.Contiguous)));
    }

    private Demand? Demanded(bool bf16) => !bf16 ? new Demand(AtLeast: 1.10) : machine.NativeBf16 ? new Demand(AtLeast: 1.8) : null;

    private static string Trainer(bool bf16, MemoryFormat format) => $"trainer, {Precision(bf16)}, {(format == MemoryFormat.ChannelsLast ? "channels-last" : "contiguous")}";

    private static string Precision(bool bf16) => bf16 ? "bf16" : "fp32";
}
