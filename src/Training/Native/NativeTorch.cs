using System.Runtime.InteropServices;

namespace PluginGan.Training;

/// <summary>Chooses the libtorch that is loaded. Must run before TorchSharp is first touched.</summary>
public static class NativeTorch
{
    /// <summary>The environment variable that names a folder with libtorch's shared libraries.</summary>
    public const string Variable = "PLUGINGAN_LIBTORCH";

    // In this order each finds its dependencies already loaded.
    private static readonly string[] Libraries = ["libc10.so", "libc10_cuda.so", "libtorch_cpu.so", "libtorch_cuda.so", "libtorch.so"];

    /// <summary>Loads libtorch from the folder that <see cref="Variable"/> names, if it is set, and then TorchSharp's own library.</summary>
    /// <exception cref="DllNotFoundException">A library cannot be loaded; the message is the loader's.</exception>
    public static void Load()
    {
        if (Environment.GetEnvironmentVariable(Variable) is not { Length: > 0 } folder)
            return;
        if (!File.Exists(Path.Combine(folder, "libtorch_cpu.so")))
            throw new DllNotFoundException($"{Variable} is '{folder}', which holds no libtorch_cpu.so; name the folder with libtorch's shared libraries, such as a Python install's torch/lib");
        foreach (var library in Libraries.Select(name => Path.Combine(folder, name)).Where(File.Exists))
            NativeLibrary.Load(library);
        NativeLibrary.Load(OwnLibrary());
    }

    /// <summary>The path of TorchSharp's native library in the program's folder.</summary>
    public static string OwnLibrary()
    {
        string[] places = [Path.Combine(AppContext.BaseDirectory, "libLibTorchSharp.so"), Path.Combine(AppContext.BaseDirectory, "runtimes", "linux-x64", "native", "libLibTorchSharp.so")];
        return places.FirstOrDefault(File.Exists) ?? places[0];
    }
}
