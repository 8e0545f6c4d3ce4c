using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.X86;
using System.Text.Json.Serialization;

namespace PluginGan.Bench.Results;

/// <summary>What was measured on.</summary>
/// <param name="Cpu">The processor's name.</param>
/// <param name="Cores">How many cores the process may use.</param>
/// <param name="NativeBf16">Whether the processor multiplies bfloat16 by itself (avx512_bf16 or amx_bf16).</param>
/// <param name="System">The operating system.</param>
/// <param name="Gpu">The GPU that was used, or null.</param>
internal sealed record Machine(string Cpu, int Cores, bool NativeBf16, string System, string? Gpu)
{
    /// <summary>One line for a heading.</summary>
    [JsonIgnore]
    public string Text =>
        $"{(Gpu is null ? "" : $"{Gpu}, ")}{Cpu}, {Cores} {(Cores == 1 ? "core" : "cores")}{(NativeBf16 ? " with" : " without")} native bf16, {System}";

    /// <summary>The machine that this runs on.</summary>
    /// <param name="device">The device that is measured: <c>cpu</c>, <c>cuda:0</c>.</param>
    public static Machine Here(string device) => new(
        Line("/proc/cpuinfo", "model name", ':') ?? RuntimeInformation.ProcessArchitecture.ToString(),
        Environment.ProcessorCount,
        HasNativeBf16(),
        Line("/etc/os-release", "PRETTY_NAME", '=')?.Trim('"') ?? RuntimeInformation.OSDescription,
        device == "cpu" ? null : Gpus() is { Count: > 0 } gpus ? gpus[Math.Min(Index(device), gpus.Count - 1)] : device);

    private static int Index(string device) => device.Split(':') is [_, var number] && int.TryParse(number, out var index) ? index : 0;

    private static List<string> Gpus() => Directory.Exists("/proc/driver/nvidia/gpus")
        ? [.. Directory.GetDirectories("/proc/driver/nvidia/gpus").Order(StringComparer.Ordinal).Select(folder => Line(Path.Combine(folder, "information"), "Model", ':')).OfType<string>()]
        : [];

    // CPUID leaf 7: subleaf 1, EAX bit 5 is avx512_bf16; subleaf 0, EDX bit 22 is amx_bf16.
    private static bool HasNativeBf16()
    {
        if (!X86Base.IsSupported || X86Base.CpuId(0, 0).Eax < 7)
            return false;
        var (subleaves, _, _, edx) = X86Base.CpuId(7, 0);
        return (edx & (1 << 22)) != 0 || (subleaves >= 1 && (X86Base.CpuId(7, 1).Eax & (1 << 5)) != 0);
    }

    private static string? Line(string file, string key, char separator) => !File.Exists(file)
        ? null
        : File.ReadLines(file).Select(line => line.Split(separator, 2)).FirstOrDefault(parts => parts.Length == 2 && parts[0].Trim() == key)?[1].Trim();
}
