using System.Globalization;
using System.Text.Json;
using PluginGan.Core;

namespace PluginGan.Training;

/// <summary>
/// A process's claim to train a run: a lock, and a record of the process that works where locks do not (docs/adr/0029-liveness.md). A
/// thread of its own renews the record and looks whether the run's folder is still there and still this process's, so that neither waits for
/// a long evaluation.
/// </summary>
internal sealed class RunClaim : IDisposable
{
    // What a lock that somebody holds is answered with: EAGAIN on Linux and on macOS, and the two violations of Windows.
    private static readonly int[] Holders = [11, 35, unchecked((int)0x80070020), unchecked((int)0x80070021)];

    private static readonly TimeSpan LookInterval = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(5);

    private readonly RunDirectory directory;
    private readonly TimeProvider time;
    private readonly FileStream claim;
    private readonly LivenessRecord self;
    private readonly LivenessRecord? predecessor;
    private readonly ManualResetEventSlim done = new();
    private readonly Thread heart;
    private long beaten;
    private volatile string? loss;

    /// <exception cref="IOException">Another process trains this run, or the folder cannot be written.</exception>
    public RunClaim(RunDirectory directory, TimeProvider time)
    {
        (this.directory, this.time) = (directory, time);
        var (id, now) = (Environment.ProcessId, time.GetUtcNow());
        self = new LivenessRecord(Environment.MachineName, ProcessTable.System(), id, ProcessTable.Started(id) ?? "", now);
        claim = Lock();
        predecessor = RunLiveness.Read(directory);
        try
        {
            RefuseAnother();
        }
        catch
        {
            claim.Dispose();
            throw;
        }
        Beat();
        heart = new Thread(Watch) { IsBackground = true, Name = "heartbeat" };
        heart.Start();
    }

    /// <summary>How this process has lost the run; null while it has not.</summary>
    public string? Loss => loss;

    /// <summary>Whether this process has lost the run. Costs nothing: the thread of the claim looks once a second.</summary>
    public bool IsLost => loss is not null;

    /// <summary>Looks at once whether this process has lost the run.</summary>
    public bool LooksLost() => (loss ??= Look()) is not null;

    public void Dispose()
    {
        done.Set();
        // A network file system may keep the thread waiting: the process ends none the less.
        if (heart.Join(LongestWait))
            done.Dispose();
        try
        {
            if (RunLiveness.Read(directory) is not { } record || IsSelf(record))
                File.Delete(directory.ProcessPath);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // What stays behind names a process that is gone.
        }
        claim.Dispose();
    }

    private FileStream Lock()
    {
        try
        {
            // A file of its own: readers of the history must not be locked out. A lock ends with its process, however that ends.
            var path = $"{directory.EventsPath}.lock";
            return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, 1, FileOptions.DeleteOnClose);
        }
        catch (IOException error) when (Holders.Contains(error.HResult))
        {
            throw new IOException($"another process trains the run '{directory.Name}'.{Other()} Wait until it has ended, or stop it.", error);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new IOException($"cannot write in the folder of the run '{directory.Path}': {error.Message}", error);
        }
    }

    private string Other() =>
        RunLiveness.Read(directory) is { } other ? $" Its record names process {other.ProcessId} on {other.Host}." : "";

    // A record of this very process is left from a run before: the lock tells such apart.
    private void RefuseAnother()
    {
        if (predecessor is not { } other || IsSelf(other) || !RunLiveness.IsAlive(other, time.GetUtcNow()))
            return;
        const string Time = "yyyy-MM-dd HH:mm:ss zzz";
        var who = $"{Name(other)}, last heartbeat {other.Heartbeat.ToString(Time, CultureInfo.InvariantCulture)}";
        var free = (other.Heartbeat + Liveness.Patience).ToString(Time, CultureInfo.InvariantCulture);
        var wait = self.System == other.System ? "" : $" If that process has died, the run can be resumed from {free} on.";
        throw new IOException($"another process trains the run '{directory.Name}': {who}.{wait}");
    }

    private static string Name(LivenessRecord other) => $"process {other.ProcessId} on {other.Host}";

    private bool IsSelf(LivenessRecord other) =>
        other.System == self.System && other.ProcessId == self.ProcessId && other.ProcessStarted == self.ProcessStarted;

    private void Watch()
    {
        var last = time.GetTimestamp();
        while (!done.Wait(LookInterval))
        {
            if (LooksLost() || time.GetElapsedTime(last) < Liveness.Interval)
                continue;
            last = time.GetTimestamp();
            Beat();
        }
    }

    // In place, since a full disk has no room for a second file, and without a flush to the disk: that may take seconds. Closing the
    // file is what network file systems need to show it elsewhere.
    private void Beat()
    {
        try
        {
            var text = JsonSerializer.SerializeToUtf8Bytes(Record(), RunLiveness.Json);
            const FileShare Shared = FileShare.ReadWrite | FileShare.Delete;
            using var stream = new FileStream(RegularFile.At(directory.ProcessPath), FileMode.OpenOrCreate, FileAccess.Write, Shared, 0);
            stream.Write(text);
            stream.SetLength(text.Length);
            Volatile.Write(ref beaten, time.GetUtcNow().Ticks);
        }
        // Whatever it is: a heartbeat that is missed costs nothing while the next ones come, and an error on a thread of its own would
        // end the process.
        catch (Exception)
        {
        }
    }

    // To the second: each record is as long as the one before, so that no reader finds half of one.
    private LivenessRecord Record()
    {
        var now = time.GetUtcNow();
        return new(self.Host, self.System, self.ProcessId, self.ProcessStarted, now.AddTicks(-(now.Ticks % TimeSpan.TicksPerSecond)));
    }

    private string? Look()
    {
        // The recipe makes a folder a run.
        if (IsMissing(directory.RecipePath))
            return $"the run folder '{directory.Path}' was deleted or moved during the training";
        // A process that does not run, on a suspended machine or after SIGSTOP, has no heartbeat, and another one may take the run over.
        if (RunLiveness.Read(directory) is { } other)
            return IsSelf(other) || Equals(other, predecessor) ? null : $"{Name(other)} has taken over the run '{directory.Name}' while this process did not run";
        // One that has taken it over and ended has deleted its record.
        var last = Volatile.Read(ref beaten);
        var slept = TimeSpan.FromTicks(time.GetUtcNow().Ticks - last);
        return last > 0 && slept >= Liveness.Patience && IsMissing(directory.ProcessPath)
            ? $"this process did not run for {slept:h\\:mm\\:ss}, and its record is gone from the run '{directory.Name}': another process may have trained it"
            : null;
    }

    // Only an answer that it is not there counts: a network file system may fail to answer.
    private static bool IsMissing(string path)
    {
        try
        {
            File.GetAttributes(path);
            return false;
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException)
        {
            return true;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}
