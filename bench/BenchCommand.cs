using System.CommandLine;
using PluginGan.Bench.Contenders;
using PluginGan.Bench.Measures;
using PluginGan.Bench.Results;
using PluginGan.Training;
using TorchSharp;

namespace PluginGan.Bench;

/// <summary>The command line: measures by itself; <c>report</c> writes the documentation from what was measured.</summary>
internal static class BenchCommand
{
    private static readonly Option<string?> Out = new("--out") { Description = "Also writes the results to a file, as JSON.", HelpName = "FILE" };
    private static readonly Option<string?> Only = new("--only") { Description = $"What to measure, by comma: {string.Join(", ", All(Machine.Here("cpu")).Select(measure => measure.Name))}.", HelpName = "A,B" };
    private static readonly Option<bool> Smoke = new("--smoke") { Description = "A few iterations of small networks, to see that everything runs. The values mean nothing." };
    private static readonly Option<int> Trials = new("--trials") { Description = "Alternating pairs, or repetitions.", HelpName = "N", DefaultValueFactory = parsed => 9 };
    private static readonly Option<int> Threads = new("--threads") { Description = "Threads of trainings on the CPU.", HelpName = "N", DefaultValueFactory = _ => Environment.ProcessorCount };
    private static readonly Option<string?> Host = new("--host") { Description = "A published host, to time its start.", HelpName = "FOLDER" };
    private static readonly Option<string> Device = new("--device") { Description = "cpu or cuda:N.", HelpName = "DEVICE", DefaultValueFactory = _ => "cpu" };
    private static readonly Argument<string> Specification = new("SPECIFICATION");

    public static RootCommand Root()
    {
        var root = new RootCommand("Measures the trainer. Run it alone on the machine.") { Out, Only, Smoke, Trials, Threads, Host, Device, ReportCommand.Create() };
        root.SetAction(Measure);
        var contender = new Command("contender", "One side of a comparison, run by the other commands.") { Specification };
        contender.Hidden = true;
        contender.SetAction(parsed =>
        {
            NativeTorch.Load();
            ContenderProcess.Run(parsed.GetValue(Specification)!);
        });
        root.Add(contender);
        return root;
    }

    private static IReadOnlyList<IMeasure> All(Machine machine) =>
    [
        new TrainingSpeed(machine), new PyTorchTwin(), new LoopOverhead(), new CheckpointCost(), new MemoryGrowth(), new StartUp(),
        new StepParts(), new ConvolutionPeak(), new LayerFormats(), new BlurPoolCost(), new DrawCost(), new MetricsCost(), new ImageLoading(),
    ];

    private static int Measure(ParseResult parsed)
    {
        var settings = new BenchSettings
        {
            Device = parsed.GetValue(Device)!,
            Threads = parsed.GetValue(Threads),
            Trials = parsed.GetValue(Smoke) && parsed.GetResult(Trials) is not { Implicit: false } ? 1 : parsed.GetValue(Trials),
            Smoke = parsed.GetValue(Smoke),
            Host = parsed.GetValue(Host),
        };
        NativeTorch.Load();
        // As the host does.
        Allocator.KeepFreedMemory();
        torch.set_num_threads(settings.Threads);
        if (!settings.OnCpu && !torch.cuda.is_available())
        {
            Console.Error.WriteLine($"error: --device: libtorch {torch.__version__} sees no CUDA device");
            return 2;
        }
        var machine = Machine.Here(settings.Device);
        var all = All(machine);
        var names = parsed.GetValue(Only)?.Split(',', StringSplitOptions.TrimEntries);
        if (names?.FirstOrDefault(name => all.All(measure => measure.Name != name)) is { } unknown)
        {
            Console.Error.WriteLine($"error: --only: there is no '{unknown}'; there are {string.Join(", ", all.Select(measure => measure.Name))}");
            return 2;
        }

        if (names?.Contains("startup") == true && settings.Host is null)
        {
            Console.Error.WriteLine("error: --only startup: name a published host by --host");
            return 2;
        }

        Console.WriteLine($"{machine.Text}; .NET {Environment.Version}, libtorch {torch.__version__}, threads: {settings.Threads}, device: {settings.Device}\n");
        if (!machine.NativeBf16 && settings.OnCpu)
            Console.WriteLine("This CPU has no bf16 instructions (avx512_bf16, amx_bf16): nothing is demanded of bf16 here.\n");
        var results = new List<Measurement>();
        foreach (var measure in all.Where(measure => names is null || names.Contains(measure.Name)))
        {
            List<Measurement> taken = [.. measure.Take(settings).Select(one => settings.Smoke ? one with { Demanded = null } : one)];
            if (taken.Count > 0)
                Console.WriteLine(ResultTables.Tables(taken));
            results.AddRange(taken);
        }
        if (parsed.GetValue(Out) is { } path)
            new ResultFile
            {
                Machine = machine,
                Date = DateOnly.FromDateTime(DateTime.UtcNow),
                Command = Command(settings, parsed.GetValue(Only)),
                Versions = new Dictionary<string, string>
                {
                    [".NET"] = $"{Environment.Version}",
                    ["libtorch"] = torch.__version__,
                    ["threads:"] = $"{settings.Threads}",
                    ["device:"] = settings.Device,
                },
                Measurements = results,
            }.Write(path);
        return 0;
    }

    /// <summary>The command as anybody would type it: without the folders of this machine.</summary>
    private static string Command(BenchSettings settings, string? only) => string.Join(' ', new[]
    {
        "bench",
        settings.Smoke ? "--smoke" : null,
        only is null ? null : $"--only {only}",
        $"--trials {settings.Trials}",
        settings.OnCpu ? $"--threads {settings.Threads}" : $"--device {settings.Device}",
        settings.Host is null ? null : "--host PUBLISHED",
    }.OfType<string>());
}
