using System.CommandLine;
using TorchSharp;

namespace PluginGan.Host.Commands;

/// <summary>Options that several commands share.</summary>
internal static class CommonOptions
{
    public static Option<string[]> Plugins { get; } = new("--plugins")
    {
        Description = "A folder with plugin folders, besides the one next to the program. Repeatable; where a name appears twice, the later wins.",
        HelpName = "DIR",
        Recursive = true,
    };

    public static Option<bool> Verbose { get; } = new("--verbose") { Description = "Show diagnostic messages and stack traces.", Recursive = true };

    public static Option<bool> Json() => new("--json") { Description = "Write one JSON document to standard output, all else to standard error." };

    public static Option<string> Runs() => new("--runs") { Description = "The folder of the runs.", HelpName = "DIR", DefaultValueFactory = _ => "runs" };

    public static Option<string> Device() => new("--device") { Description = "cpu, cuda or cuda:N; by default cuda where there is one.", HelpName = "DEVICE", DefaultValueFactory = _ => "auto" };

    public static Option<int> Threads() => new("--threads") { Description = "Threads to compute with on the CPU; by default one for each core.", HelpName = "N" };

    public static Option<ulong?> Seed(string description) => new("--seed") { Description = description, HelpName = "N" };

    public static Argument<string> Run() => new("RUN") { Description = "The run: its folder, its name, or a part of its name that no other run has." };

    /// <summary>The device of that name.</summary>
    /// <exception cref="UsageException">There is none.</exception>
    public static torch.Device Parse(string name)
    {
        if (name == "cpu" || (name == "auto" && !torch.cuda.is_available()))
            return torch.CPU;
        if (name is "auto" or "cuda")
            name = "cuda:0";
        if (!name.StartsWith("cuda:", StringComparison.Ordinal) || !int.TryParse(name["cuda:".Length..], out var index))
            throw new UsageException($"--device: there is no device '{name}'; use cpu, cuda or cuda:N");
        var count = torch.cuda.is_available() ? torch.cuda.device_count() : 0;
        if (index >= count)
            throw new UsageException($"--device: '{name}' is not available: libtorch sees {(count == 0 ? "no CUDA device" : $"{count} CUDA device(s)")}; `plugingan doctor` says more");
        return torch.device(name);
    }
}
