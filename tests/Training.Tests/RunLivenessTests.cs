using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using NUnit.Framework;
using PluginGan.Core;

namespace PluginGan.Training.Tests;

/// <summary>How a run tells that it is under way, and what is made of it when it no longer does.</summary>
public class RunLivenessTests
{
    private const string Short = "\"iterations\": 6, \"logEvery\": 2, \"snapshotEvery\": 0, \"checkpointEvery\": 3";

    [Test]
    public void A_run_names_its_process_while_it_trains_and_no_longer()
    {
        using var folder = new TemporaryFolder();
        var run = new WatchedRun(folder.Path, Short);
        var seen = new List<(int?, RunStatus)>();

        run.Run(each: _ => seen.Add((RunLiveness.Read(run.Directory)?.ProcessId, run.Directory.Summary(TimeProvider.System).Status)));
        run.Dispose();

        Assert.That(seen, Has.Count.EqualTo(6).And.All.EqualTo(((int?)Environment.ProcessId, RunStatus.Running)));
        Assert.That(RunLiveness.Read(run.Directory), Is.Null);
        Assert.That(run.Directory.Summary(TimeProvider.System).Status, Is.EqualTo(RunStatus.Finished));
    }

    [Test]
    public void A_run_whose_process_was_killed_is_stopped_and_goes_on()
    {
        using var folder = new TemporaryFolder();
        var directory = Cut(folder.Path);
        using var process = Process.Start("sleep", "60");
        Write(directory, new LivenessRecord(Environment.MachineName, ProcessTable.System(), process.Id, ProcessTable.Started(process.Id)!, DateTimeOffset.UnixEpoch));

        var alive = directory.Summary(TimeProvider.System).Status;
        Assert.That(() => new WatchedRun(folder.Path, Short), Throws.TypeOf<IOException>().With.Message.Contains("another process").And.Message.Contains($"process {process.Id}"), "although the lock is free");
        process.Kill();
        process.WaitForExit();

        Assert.That((alive, directory.Summary(TimeProvider.System).Status), Is.EqualTo((RunStatus.Running, RunStatus.Stopped)));
        using var resumed = new WatchedRun(folder.Path, Short).Resume().Run();
        Assert.That(resumed.Directory.Summary(TimeProvider.System).Status, Is.EqualTo(RunStatus.Finished));
    }

    [Test]
    public void A_run_that_another_machine_trains_is_refused_until_its_heartbeat_is_old()
    {
        using var folder = new TemporaryFolder();
        var directory = Cut(folder.Path);
        var other = Beating(DateTimeOffset.UtcNow);
        Write(directory, other);

        Assert.That(directory.Summary(TimeProvider.System).Status, Is.EqualTo(RunStatus.Running));
        Assert.That(() => new WatchedRun(folder.Path, Short), Throws.TypeOf<IOException>().With.Message.Contains("far-away").And.Message.Contains(
            string.Create(CultureInfo.InvariantCulture, $"can be resumed from {other.Heartbeat + Liveness.Patience:yyyy-MM-dd HH:mm:ss zzz} on")));
        Assert.That(RunLiveness.Read(directory), Is.EqualTo(other), "the refused process leaves the record alone");
        Write(directory, Beating(DateTimeOffset.UtcNow - Liveness.Patience));

        Assert.That(directory.Summary(TimeProvider.System).Status, Is.EqualTo(RunStatus.Stopped));
        using var resumed = new WatchedRun(folder.Path, Short).Resume().Run();

        static LivenessRecord Beating(DateTimeOffset time) => new("far-away", "another system", Environment.ProcessId, ProcessTable.Started(Environment.ProcessId)!, time);
    }

    [Test]
    public void The_heartbeat_goes_on_while_the_training_does_not_return_and_its_record_keeps_its_length()
    {
        using var folder = new TemporaryFolder();
        using var whole = new WatchedRun(folder.Path, Short);
        var directory = RunDirectory.Create(folder.Path, "claimed", "{}", whole.Directory.Manifest());
        using var claim = new RunClaim(directory, new FastClock(100));
        var first = RunLiveness.Read(directory)!;
        var length = new FileInfo(Path.Combine(directory.Path, "process.json")).Length;

        // This thread is the one that would train.
        Assert.That(() => RunLiveness.Read(directory)!.Heartbeat, Is.GreaterThan(first.Heartbeat).After(10_000, 50));
        Assert.That(new FileInfo(Path.Combine(directory.Path, "process.json")).Length, Is.EqualTo(length));
    }

    [Test]
    public void A_run_that_another_process_has_taken_over_is_left_to_it()
    {
        using var folder = new TemporaryFolder();
        using var run = new WatchedRun(folder.Path, "\"iterations\": 400, \"logEvery\": 3, \"snapshotEvery\": 8, \"checkpointEvery\": 8");
        var other = new LivenessRecord("far-away", "another system", 4711, "1", DateTimeOffset.UtcNow);
        var history = "";

        var end = Assert.Throws<LostRunException>(() => run.Run(each: trainer =>
        {
            if (trainer.Iteration != 7)
                return;
            Write(run.Directory, other);
            history = File.ReadAllText(run.Directory.EventsPath);
        }))!;
        run.Dispose();

        Assert.That(end.Message, Does.StartWith($"process 4711 on far-away has taken over the run '{run.Directory.Name}'").And.Contain("iteration 8"));
        Assert.That(RunLiveness.Read(run.Directory), Is.EqualTo(other));
        Assert.That(File.ReadAllText(run.Directory.EventsPath), Is.EqualTo(history));
        Assert.That(run.Directory.Checkpoints.Iterations, Is.Empty);
        Assert.That(Directory.Exists(Path.Combine(run.Directory.Path, "samples")), Is.False);
    }

    [Test]
    public void A_run_whose_record_is_gone_after_a_long_sleep_may_be_another_s()
    {
        using var folder = new TemporaryFolder();
        using var whole = new WatchedRun(folder.Path, Short);
        var directory = RunDirectory.Create(folder.Path, "claimed", "{}", whole.Directory.Manifest());
        var clock = new SleepingClock();
        using var claim = new RunClaim(directory, clock);

        clock.Slept = TimeSpan.FromHours(1);
        Assert.That(claim.LooksLost(), Is.False, "its record is there: nobody came");
        clock.Slept = TimeSpan.Zero;
        File.Delete(Path.Combine(directory.Path, "process.json"));
        Assert.That(claim.LooksLost(), Is.False, "nobody may have taken it over so soon");
        clock.Slept = TimeSpan.FromHours(1);

        Assert.That(claim.LooksLost());
        Assert.That(claim.Loss, Does.Contain("did not run for 1:00:0").And.Contain(directory.Name));
    }

    [Test]
    public void A_record_that_cannot_be_written_costs_nothing()
    {
        using var folder = new TemporaryFolder();
        var directory = Cut(folder.Path);
        Directory.CreateDirectory(Path.Combine(directory.Path, "process.json"));

        using var run = new WatchedRun(folder.Path, Short).Resume().Run();

        Assert.That(run.Summary.Status, Is.EqualTo(RunStatus.Finished));
        Assert.That(run.Summary.Warnings, Is.Empty);
    }

    [Test]
    public void A_record_that_is_no_record_names_nobody([Values("", "{ \"host\": ", "null", "{ \"host\": null }", "[]")] string content)
    {
        using var folder = new TemporaryFolder();
        var directory = Cut(folder.Path);
        File.WriteAllText(Path.Combine(directory.Path, "process.json"), content);

        Assert.That(RunLiveness.Read(directory), Is.Null);
        Assert.That(directory.Summary(TimeProvider.System).Status, Is.EqualTo(RunStatus.Stopped));
    }

    // man 5 proc_pid_stat: the start is the 22nd field.
    [TestCase("7 (sleep) S 1 7 7 0 -1 4194304 112 0 0 0 0 0 0 0 20 0 1 0 4711 5591040 389", "4711")]
    [TestCase("7 (a) Z (b) R 1 7 7 0 -1 4194304 112 0 0 0 0 0 0 0 20 0 1 0 4711 5591040 389", "4711", TestName = "A program whose name holds parentheses")]
    [TestCase("7 (sleep) Z 1 7 7 0 -1 4194304 112 0 0 0 0 0 0 0 20 0 1 0 4711 0 0", null, TestName = "A process of which only the exit code is left")]
    [TestCase("", null, TestName = "Nothing")]
    public void The_start_of_a_process_is_read_from_its_line(string line, string? expected) => Assert.That(ProcessTable.StartTime(line), Is.EqualTo(expected));

    // A run whose history has no end: the last line, which tells of it, is taken off.
    private static RunDirectory Cut(string folder)
    {
        using var run = new WatchedRun(folder, Short);
        run.Run(4);
        run.Dispose();
        File.WriteAllLines(run.Directory.EventsPath, File.ReadAllLines(run.Directory.EventsPath)[..^1]);
        return run.Directory;
    }

    private static void Write(RunDirectory directory, LivenessRecord record) => File.WriteAllText(Path.Combine(directory.Path, "process.json"), JsonSerializer.Serialize(record, RunLiveness.Json));

    private sealed class SleepingClock : TimeProvider
    {
        public TimeSpan Slept { get; set; }

        public override DateTimeOffset GetUtcNow() => System.GetUtcNow() + Slept;
    }

    private sealed class FastClock(int factor) : TimeProvider
    {
        private readonly DateTimeOffset start = DateTimeOffset.UtcNow;

        public override long GetTimestamp() => System.GetTimestamp() * factor;

        public override DateTimeOffset GetUtcNow() => start + factor * (System.GetUtcNow() - start);
    }
}
