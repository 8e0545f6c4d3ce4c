using System.Runtime.InteropServices;

namespace PluginGan.Training;

/// <summary>Chooses the libtorch that is loaded. Must run before TorchSharp is first touched.</summary>
public static class NativeTorch
{
    /// <summary>The environment variable that names a folder with libtorch's shared libraries.</summary>
    public const string Variable = "PLUGINGAN_LIBTORCH";

    /// <summary>The version of libtorch that TorchSharp is built for.</summary>
    public const string Wanted = "2.10";

    // In this order each finds those of its dependencies that lie in the folder already loaded; those of CUDA it finds by the paths that it carries.
    private static readonly string[] Libraries = ["libc10.so", "libc10_cuda.so", "libtorch_cpu.so", "libtorch_cuda.so", "libtorch.so"];

    // What the loaders of glibc and musl say.
    private static readonly string[] NoRoom = ["failed to map segment", "cannot allocate memory", "cannot map", "out of memory"];

    private static readonly Lazy<bool> Loaded = new(LoadOnce);

    /// <summary>The folder that <see cref="Variable"/> names, or null.</summary>
    public static string? NamedFolder => Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } folder ? folder : null;

    /// <summary>Loads libtorch from the folder that <see cref="Variable"/> names, if it is set, and then TorchSharp's own library; once for the process.</summary>
    /// <exception cref="LibtorchException">A library cannot be loaded, or lacks functions that TorchSharp calls (the process would end at the first such call), or the address
    /// space of the process is too small.</exception>
    public static void Load() => _ = Loaded.Value;

    /// <summary>The path of TorchSharp's native library in the program's folder.</summary>
    public static string OwnLibrary()
    {
        string[] places = [Path.Combine(AppContext.BaseDirectory, "libLibTorchSharp.so"), Path.Combine(AppContext.BaseDirectory, "runtimes", "linux-x64", "native", "libLibTorchSharp.so")];
        return places.FirstOrDefault(File.Exists) ?? places[0];
    }

    /// <summary>
    /// The C++ functions that TorchSharp's library calls and that no library of a folder offers, readable and in order. libtorch promises no
    /// stable interface between its versions. Reads the files and loads nothing; empty on systems other than Linux.
    /// </summary>
    /// <exception cref="InvalidDataException">A library is none.</exception>
    public static IReadOnlyList<string> MissingFunctions(string folder)
    {
        if (!OperatingSystem.IsLinux())
            return [];
        var wanted = new ElfSymbols(OwnLibrary()).Required();
        foreach (var library in Libraries.Select(name => Path.Combine(folder, name)).Where(File.Exists))
            new ElfSymbols(library).RemoveOffered(wanted);
        return [.. wanted.Select(Readable).Order(StringComparer.Ordinal)];
    }

    private static bool LoadOnce()
    {
        if (NamedFolder is not { } folder)
        {
            if (OperatingSystem.IsLinux() && File.Exists(OwnLibrary()) && !File.Exists(Path.Combine(Path.GetDirectoryName(OwnLibrary())!, "libtorch_cpu.so")))
                throw new LibtorchException($"this build comes without libtorch: name a folder that has its shared libraries, such as a Python install's torch/lib, in {Variable}");
            RequireRoom();
            return true;
        }
        if (!File.Exists(Path.Combine(folder, "libtorch_cpu.so")))
            throw new LibtorchException($"{Variable} is '{folder}', which holds no libtorch_cpu.so; name the folder with libtorch's shared libraries, such as a Python install's torch/lib");
        if (MissingFunctions(folder) is { Count: > 0 } missing)
            throw new LibtorchException($"{Variable} is '{folder}', whose libtorch lacks {missing.Count} of the functions that TorchSharp calls, such as {missing[0]}; it needs libtorch {Wanted}, or one close to it");
        foreach (var library in Libraries.Select(name => Path.Combine(folder, name)).Where(File.Exists))
            NativeLibrary.Load(library);
        NativeLibrary.Load(OwnLibrary());
        return true;
    }

    // Where its libraries do not fit into the address space, TorchSharp says that they are not there.
    private static void RequireRoom()
    {
        if (AllocationLimit.AddressSpace() is not { } limit)
            return;
        try
        {
            NativeLibrary.Load(OwnLibrary());
        }
        catch (DllNotFoundException error) when (NoRoom.Any(words => error.Message.Contains(words, StringComparison.OrdinalIgnoreCase)))
        {
            throw new LibtorchException($"libtorch does not fit into the address space of {ByteText.Of(limit)} that this process may use; "
                + "raise that limit, or take it off with `ulimit -v unlimited`", error);
        }
        catch (DllNotFoundException)
        {
            // TorchSharp looks elsewhere too.
        }
    }

    // As a C++ programmer would write it; the C++ runtime knows how.
    private static unsafe string Readable(string name)
    {
        if (!NativeLibrary.TryLoad("libstdc++.so.6", out var runtime) || !NativeLibrary.TryGetExport(runtime, "__cxa_demangle", out var address))
            return name;
        var demangle = (delegate* unmanaged<byte*, byte*, nuint*, int*, byte*>)address;
        var status = 0;
        var mangled = Marshal.StringToCoTaskMemUTF8(name);
        var readable = demangle((byte*)mangled, null, null, &status);
        Marshal.FreeCoTaskMem(mangled);
        var text = Marshal.PtrToStringUTF8((nint)readable) ?? name;
        NativeMemory.Free(readable);
        return text;
    }
}
