using System.Runtime.InteropServices;
using System.Text.RegularExpressions;

namespace PluginGan.Training;

/// <summary>Which libtorch is at work. TorchSharp tells the version that it was built for, whatever is loaded; libtorch itself knows.</summary>
/// <param name="Version">The version, such as 2.10.0.</param>
/// <param name="Cuda">The version of CUDA that it was built for, or null for a build that knows the CPU only.</param>
public sealed partial record TorchBuild(string Version, string? Cuda)
{
    /// <summary>Asks the loaded libtorch, or takes what TorchSharp says where that cannot be asked.</summary>
    public static TorchBuild Current()
    {
        // Asked first, so that TorchSharp has loaded what it needs.
        var expected = TorchSharp.torch.__version__;
        if (Configuration() is not { } text || VersionIn().Match(text) is not { Success: true } version)
            return new TorchBuild(expected, null);
        return new TorchBuild(version.Groups[1].Value, CudaIn().Match(text) is { Success: true } cuda ? cuda.Groups[1].Value : null);
    }

    /// <inheritdoc/>
    public override string ToString() => Cuda is null ? $"libtorch {Version} (CPU build)" : $"libtorch {Version} (CUDA {Cuda})";

    // std::string at::show_config(): the caller hands in where the string is to stand, which begins with pointer and length. It is asked for once
    // and stays allocated.
    private static unsafe string? Configuration()
    {
        if (!NativeLibrary.TryLoad(OperatingSystem.IsWindows() ? "torch_cpu.dll" : "libtorch_cpu.so", out var library)
            || !NativeLibrary.TryGetExport(library, "_ZN2at11show_configB5cxx11Ev", out var address))
            return null;
        var text = stackalloc nint[8];
        ((delegate* unmanaged<nint*, nint*>)address)(text);
        return Marshal.PtrToStringUTF8(text[0], (int)text[1]);
    }

    [GeneratedRegex(@"\bTORCH_VERSION=([\w.]+)")]
    private static partial Regex VersionIn();

    [GeneratedRegex(@"\bCUDA_VERSION=([\d.]+)")]
    private static partial Regex CudaIn();
}
