using PluginGan.Bench;
using TorchSharp;

// dotnet run -c Release --project bench -- [--host FOLDER] [--smoke]
// --host: a published host, to time `plugins list`. --smoke: a few iterations only, to see that the benchmarks run.
var smoke = args.Contains("--smoke");
var host = Array.IndexOf(args, "--host") is >= 0 and var index && index + 1 < args.Length ? args[index + 1] : null;

torch.set_num_threads(1);
Console.WriteLine($"{Environment.ProcessorCount} cores, .NET {Environment.Version}, libtorch {torch.__version__}, {DateTime.UtcNow:yyyy-MM-dd}");
LoopOverhead.Run(trials: smoke ? 2 : 15, iterations: smoke ? 20 : 2000);
if (host is not null)
    StartUp.Run(host, trials: smoke ? 2 : 15);
