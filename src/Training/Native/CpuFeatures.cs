namespace PluginGan.Training;

/// <summary>What the processor can do that matters here.</summary>
public static class CpuFeatures
{
    private static readonly string[] NativeBf16 = ["avx512_bf16", "amx_bf16"];

    /// <summary>The instructions for bfloat16 that the processor has, by their names in /proc/cpuinfo; none where that file does not exist. Without them bf16 is slower than fp32.</summary>
    public static IReadOnlyList<string> Bf16()
    {
        const string Description = "/proc/cpuinfo";
        if (!File.Exists(Description))
            return [];
        var flags = File.ReadLines(Description).FirstOrDefault(line => line.StartsWith("flags", StringComparison.Ordinal))?.Split(' ') ?? [];
        return [.. NativeBf16.Intersect(flags)];
    }

    /// <summary>Whether training in bf16 pays: the processor has the instructions, and the libtorch that is loaded offers mixed precision in the way that is known here.</summary>
    public static bool TrainsInBf16() => Bf16().Count > 0 && Autocast.IsOffered;
}
