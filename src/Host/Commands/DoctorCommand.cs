using System.CommandLine;
using System.Runtime.InteropServices;
using Microsoft.Extensions.DependencyInjection;
using PluginGan.Host.Plugins;
using PluginGan.Host.Runs;
using PluginGan.Host.Terminal;
using PluginGan.Training;
using Spectre.Console;
using TorchSharp;

namespace PluginGan.Host.Commands;

/// <summary><c>doctor</c>: looks at everything that a run needs and says what is wrong.</summary>
internal static class DoctorCommand
{
    private static readonly Option<bool> Json = CommonOptions.Json();

    public static Command Create()
    {
        var command = new Command("doctor", "Checks the machine: runtime, libtorch, devices, plugins, folders.") { Json };
        command.SetAction((parsed, _) => Session.RunAsync(parsed, parsed.GetValue(Json), (services, _) => Execute(services)));
        return command;
    }

    private static int Execute(IServiceProvider services)
    {
        var screen = services.GetRequiredService<Screen>();
        Finding[] findings = [.. Findings(services.GetRequiredService<PluginCatalogue>(), services.GetRequiredService<DataFolder>())];
        var table = new Table().AddColumns("", "check", "finding");
        foreach (var finding in findings)
            table.AddRow(new Markup(finding.Good ? "[green]ok[/]" : "[red]wrong[/]"), new Text(finding.Check), new Text(finding.Text));
        screen.Text.Write(table);
        screen.Answer(findings);
        return findings.All(finding => finding.Good) ? ExitCode.Done : ExitCode.Failed;
    }

    private static IEnumerable<Finding> Findings(PluginCatalogue catalogue, DataFolder data)
    {
        yield return new("plugingan", PluginMetadata.ContractVersion);
        yield return new(".NET", $"{RuntimeInformation.FrameworkDescription} on {RuntimeInformation.OSDescription}, {RuntimeInformation.ProcessArchitecture}");
        yield return new("cores", $"{Environment.ProcessorCount}");
        foreach (var finding in Torch())
            yield return finding;
        yield return Check("imaging", () => $"SkiaSharp writes PNG ({Png.Encode(new RgbImage(1, 1, new byte[3])).Length} bytes for one pixel)");
        yield return Check("data folder", () =>
        {
            Directory.CreateDirectory(data.Path);
            AtomicFile.Write(Path.Combine(data.Path, "doctor"), _ => { });
            File.Delete(Path.Combine(data.Path, "doctor"));
            return $"{data.Path} can be written";
        });
        foreach (var entry in catalogue.Entries)
            yield return new($"plugin {entry.Name}", entry.Failure ?? (entry.Components.Count == 1 ? "1 component" : $"{entry.Components.Count} components"), entry.Failure is null);
    }

    private static IEnumerable<Finding> Torch()
    {
        var torch = Check("libtorch", Libtorch);
        yield return torch;
        var folder = NativeTorch.NamedFolder ?? Path.GetDirectoryName(NativeTorch.OwnLibrary())!;
        if (File.Exists(Path.Combine(folder, "libtorch_cpu.so")))
            yield return Check("C++ functions", () => Functions(folder));
        yield return Check("bf16 on the CPU", () => CpuFeatures.Bf16() is { Count: > 0 } instructions ? string.Join(", ", instructions) : "no instructions for it: fp32 is faster");
        if (torch.Good)
            yield return Check("threads", () => $"{TorchSharp.torch.get_num_threads()}");
        foreach (var finding in Gpus(torch.Good))
            yield return finding;
    }

    private static string Libtorch()
    {
        NativeTorch.Load();
        try
        {
            var sum = TorchSharp.torch.ones(3).sum().item<float>();
            return $"{TorchBuild.Current()}, sum {sum}{(NativeTorch.NamedFolder is { } folder ? $", from {folder}" : "")}";
        }
        catch (Exception error)
        {
            throw new LibtorchException($"{error.GetBaseException().Message} {Advice()}", error);
        }
    }

    private static string Functions(string folder)
    {
        var missing = NativeTorch.MissingFunctions(folder);
        const int Shown = 8;
        return missing.Count == 0
            ? "libtorch has all that TorchSharp calls"
            : throw new DllNotFoundException($"of those that TorchSharp calls, the libtorch in {folder} lacks {missing.Count}: "
                + $"{string.Join("; ", missing.Take(Shown))}{(missing.Count > Shown ? "; ..." : "")}");
    }

    // The driver is asked even where libtorch cannot use a GPU: that there is one is worth knowing.
    private static IEnumerable<Finding> Gpus(bool torch)
    {
        var driver = CudaDriver.Find();
        yield return new("NVIDIA driver", driver?.Version ?? "none");
        if (driver is not null)
        {
            IReadOnlyList<CudaDevice> devices = [];
            var found = Check("GPUs", () => $"{(devices = driver.Devices()).Count}");
            yield return found;
            foreach (var (device, index) in devices.Select((device, index) => (device, index)))
                yield return new($"cuda:{index}", $"{device.Name}, compute capability {device.Capability}, {device.Memory / 1e9:0.0} GB");
        }
        if (torch)
            yield return Check("CUDA", () => TorchSharp.torch.cuda.is_available()
                ? $"{TorchSharp.torch.cuda.device_count()} device(s), cuDNN {(TorchSharp.torch.cuda.is_cudnn_available() ? "there" : "missing")}"
                : $"runs compute on the CPU: {DeviceChoice.WhyNone(TorchBuild.Current(), driver)}, to use a GPU");
    }

    // TorchSharp's own message always says that libtorch is not referenced; the loader knows better.
    private static string Advice()
    {
        try
        {
            NativeLibrary.Load(NativeTorch.OwnLibrary());
            return $"Its own library loads, so libtorch's are missing: name a folder that has them in {NativeTorch.Variable}.";
        }
        catch (DllNotFoundException error) when (error.Message.Contains("GLIBCXX", StringComparison.Ordinal))
        {
            return $"The C++ runtime of this system is older than the library asks for ({error.Message.Trim()}). "
                + "A build of this repository mends the library; copies taken from the NuGet package itself need libstdc++ of GCC 13.";
        }
        catch (DllNotFoundException error)
        {
            return $"The loader says: {error.Message.Trim()}";
        }
    }

    private static Finding Check(string check, Func<string> find)
    {
        try
        {
            return new(check, find());
        }
        catch (Exception error)
        {
            return new(check, (error as LibtorchException ?? error.GetBaseException()).Message, Good: false);
        }
    }

    private sealed record Finding(string Check, string Text, bool Good = true);
}
