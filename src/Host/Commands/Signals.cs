using System.Runtime.InteropServices;
using System.Text;
using Microsoft.Extensions.Hosting;
using PluginGan.Host.Terminal;
using PluginGan.Training;

namespace PluginGan.Host.Commands;

/// <summary>
/// What signals do: the first asks the command to end, which a training does after its iteration and with a checkpoint; a second one
/// ends the process at once, also while a plugin does not return.
/// </summary>
internal sealed class Signals(IHostApplicationLifetime application, Screen screen, CallTrace trace, TimeProvider time)
    : IHostLifetime, IDisposable
{
    // Programs such as timeout, and terminals beside wrappers, send one signal twice.
    private static readonly TimeSpan Echo = TimeSpan.FromSeconds(0.15);
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(1);

    private readonly List<PosixSignalRegistration> registrations = [];
    private long first;

    public Task WaitForStartAsync(CancellationToken cancellationToken)
    {
        foreach (var signal in (PosixSignal[])[PosixSignal.SIGINT, PosixSignal.SIGTERM, PosixSignal.SIGQUIT, PosixSignal.SIGHUP])
            // nohup starts a program with SIGHUP ignored: a terminal that is closed is nothing to it.
            if (signal != PosixSignal.SIGHUP || !IgnoresHangUp())
                registrations.Add(PosixSignalRegistration.Create(signal, Handle));
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public void Dispose()
    {
        foreach (var registration in registrations)
            registration.Dispose();
    }

    private void Handle(PosixSignalContext context)
    {
        context.Cancel = true;
        var now = time.GetTimestamp();
        var before = Interlocked.CompareExchange(ref first, now, 0);
        if (before == 0)
            application.StopApplication();
        // A shell that is closed hangs up on its own programs, and the system on those in front: neither is an order to hurry.
        else if (context.Signal != PosixSignal.SIGHUP && time.GetElapsedTime(before, now) >= Echo)
            EndNow();
    }

    // Nothing is waited for: what hangs may hold any lock, also that of the console.
    private void EndNow()
    {
        var message = $"{(screen.Live ? "\x1b[?25h\n" : "")}{InterruptedCall.Describe(trace.Current)}\n";
        var saying = new Thread(() => Say(message)) { IsBackground = true };
        saying.Start();
        saying.Join(LongestWait);
        if (OperatingSystem.IsWindows())
            Environment.Exit(ExitCode.Interrupted);
        EndProcess(ExitCode.Interrupted);
    }

    private static void Say(string message)
    {
        try
        {
            using var errors = Console.OpenStandardError();
            errors.Write(Encoding.UTF8.GetBytes(message));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // The exit code says it too.
        }
    }

    // signal.h: the handler stands first in struct sigaction, and SIG_IGN is 1. Windows has no such thing.
    private static bool IgnoresHangUp()
    {
        const int HangUp = 1, Ignore = 1;
        if (OperatingSystem.IsWindows())
            return false;
        var action = new byte[256];
        return SignalAction(HangUp, 0, action) == 0 && BitConverter.ToInt64(action) == Ignore;
    }

    [DllImport("libc", EntryPoint = "sigaction")]
    private static extern int SignalAction(int signal, nint action, byte[] old);

    // Not Environment.Exit, which runs what plugins and libtorch have registered for the end, beside the thread that hangs in them.
    [DllImport("libc", EntryPoint = "_exit")]
    private static extern void EndProcess(int code);
}
