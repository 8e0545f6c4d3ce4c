using System.CommandLine;

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

    public static Option<string> Device() => new("--device") { Description = "cpu, cuda, cuda:N or auto, which is the first GPU where there is one.", HelpName = "DEVICE", DefaultValueFactory = _ => "auto" };

    public static Option<int> Threads() => new("--threads") { Description = "Threads to compute with on the CPU; by default one for each core.", HelpName = "N" };

    public static Option<ulong?> Seed(string description) => new("--seed") { Description = description, HelpName = "N" };

    public static Option<bool> Best() => new("--best") { Description = "Takes the model of the best evaluation (training.keepBest) instead of the last." };

    public static Argument<string> Run() => new("RUN") { Description = "The run: its folder, its name, or a part of its name that no other run has." };
}
