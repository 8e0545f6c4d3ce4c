using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using TorchSharp;

namespace PluginGan.Plugins.Tests.Devices;

/// <summary>
/// Writes down the operators that libtorch calls on this thread, through the interface that its own profiler uses (ATen/record_function.h). TorchSharp
/// has no binding, so the functions go by their C++ names.
/// </summary>
internal sealed unsafe class OperatorLog : IDisposable
{
    private const int Scopes = 10;

    [ThreadStatic]
    private static OperatorLog? current;

    private static delegate* unmanaged<nint, byte*> nameOf;
    private static delegate* unmanaged<nint, byte*> overloadOf;

    private readonly nint library;
    private readonly ulong handle;
    private readonly Stack<string> open = new();

    public OperatorLog()
    {
        library = NativeLibrary.Load("libtorch_cpu.so");
        nameOf = (delegate* unmanaged<nint, byte*>)NativeLibrary.GetExport(library, "_ZNK2at14RecordFunction4nameEv");
        overloadOf = (delegate* unmanaged<nint, byte*>)NativeLibrary.GetExport(library, "_ZNK2at14RecordFunction13overload_nameEv");
        var add = (delegate* unmanaged<Callback, ulong>)NativeLibrary.GetExport(library, "_ZN2at22addThreadLocalCallbackENS_22RecordFunctionCallbackE");
        current = this;
        var callback = new Callback { Start = &Start, End = &End, Sampling = 1 };
        callback.InScope[0] = 1;
        handle = add(callback);
    }

    /// <summary>The calls so far in order, each with those that it stands in: <c>aten::one_hot > aten::min</c>.</summary>
    public List<string> Calls { get; } = [];

    public void Dispose()
    {
        ((delegate* unmanaged<ulong, void>)NativeLibrary.GetExport(library, "_ZN2at14removeCallbackEm"))(handle);
        current = null;
    }

    // std::unique_ptr<ObserverContext> is returned where the caller says; none is needed.
    [UnmanagedCallersOnly]
    private static nint* Start(nint* result, nint function)
    {
        *result = 0;
        // Calls were seen to come after the end, where an operator had failed.
        if (current is null)
            return result;
        var overload = Marshal.PtrToStringUTF8((nint)overloadOf(function));
        current.open.Push(Marshal.PtrToStringUTF8((nint)nameOf(function)) + (string.IsNullOrEmpty(overload) ? "" : $".{overload}"));
        current.Calls.Add(string.Join(" > ", current.open.Reverse()));
        return result;
    }

    [UnmanagedCallersOnly]
    private static void End(nint function, nint context) => current?.open.TryPop(out _);

    /// <summary>at::RecordFunctionCallback.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private struct Callback
    {
        public delegate* unmanaged<nint*, nint, nint*> Start;
        public delegate* unmanaged<nint, nint, void> End;
        public double Sampling;
        public fixed byte InScope[Scopes];
        public byte NeedsInputs;
        public byte NeedsOutputs;
        public byte NeedsIds;
    }
}
