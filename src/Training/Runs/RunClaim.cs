using System.Globalization;
using System.Text.Json;
using PluginGan.Core;

namespace PluginGan.Training;

/// <summary>
/// A process's claim to train a run: a lock, and a record of the process that works where locks do not (docs/adr/0029-liveness.md). A
/// thread of its own renews the record and looks whether the run's folder is still there, so that neither waits for a long evaluation.
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
    private readonly ManualResetEventSlim done = new();
    private readonly Thread heart;
    private volatile bool gone;

    /// <exception cref="IOException">Another process trains this run, or the folder cannot be written.</exception>
    public RunClaim(RunDirectory directory, TimeProvider time)
    {
        (this.directory, this.time) = (directory, time);
        var (id, now) = (Environment.ProcessId, time.GetUtcNow());
        self = new LivenessRecord(Environment.MachineName, ProcessTable.System(), id, ProcessTable.Started(id) ?? "", now);
        claim = Lock();
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

    /// <summary>Whether the run's folder has been deleted. Costs nothing: the thread of the claim looks once a second.</summary>
    public bool IsGone => gone;

    /// <summary>Looks at once whether the run's folder has been deleted.</summary>
    public bool LooksGone() => gone = gone || Look();

    public void Dispose()
    {
        done.Set();
        // A network file system may keep the thread waiting: the process ends none the less.
        if (heart.Join(LongestWait))
            done.Dispose();
        try
        {
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
        if (RunLiveness.Read(directory) is not { } other || IsSelf(other) || !RunLiveness.IsAlive(other, time.GetUtcNow()))
            return;
        const string Time = "yyyy-MM-dd HH:mm:ss zzz";
        var who = $"process {other.ProcessId} on {other.Host}, last heartbeat {other.Heartbeat.ToString(Time, CultureInfo.InvariantCulture)}";
        var free = (other.Heartbeat + Liveness.Patience).ToString(Time, CultureInfo.InvariantCulture);
        var wait = self.System == other.System ? "" : $" If that process has died, the run can be resumed from {free} on.";
        throw new IOException($"another process trains the run '{directory.Name}': {who}.{wait}");
    }

    private bool IsSelf(LivenessRecord other) =>
        other.System == self.System && other.ProcessId == self.ProcessId && other.ProcessStarted == self.ProcessStarted;

    private void Watch()
    {
        var last = time.GetTimestamp();
        while (!done.Wait(LookInterval))
        {
            gone = gone || Look();
            if (gone || time.GetElapsedTime(last) < Liveness.Interval)
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

    // The recipe makes a folder a run. Only an answer that it is not there counts: a network file system may fail to answer.
    private bool Look()
    {
        try
        {
            File.GetAttributes(directory.RecipePath);
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
