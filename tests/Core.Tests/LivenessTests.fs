module PluginGan.Core.Tests.LivenessTests

open System
open NUnit.Framework
open PluginGan.Core

let private now = DateTimeOffset(2026, 11, 30, 12, 0, 0, TimeSpan.Zero)

let private record (age: TimeSpan) =
    {
        Host = "box"
        System = "boot 1"
        ProcessId = 7
        ProcessStarted = "100"
        Heartbeat = now - age
    }

let private hours = TimeSpan.FromHours 5.0

[<Test>]
let ``a process of this machine is alive by id and start time, however old its heartbeat is`` () =
    Assert.That(Liveness.IsAlive(record hours, "boot 1", "100", now), "stopped by a debugger for hours, it is alive")
    Assert.That(Liveness.IsAlive(record TimeSpan.Zero, "boot 1", null, now), Is.False, "killed a moment ago")
    Assert.That(Liveness.IsAlive(record TimeSpan.Zero, "boot 1", "101", now), Is.False, "its id has been given to another")

[<TestCase("boot 2", TestName = "another start of the machine, or another one")>]
[<TestCase("", TestName = "processes that cannot be seen from here")>]
let ``elsewhere the age of the heartbeat decides, whatever has that process id here`` (system: string) =
    let started: (string | null) list = [ null; "100" ]

    for started in started do
        Assert.That(Liveness.IsAlive(record (Liveness.Patience - TimeSpan.FromSeconds 1.0), system, started, now))
        Assert.That(Liveness.IsAlive(record Liveness.Patience, system, started, now), Is.False)

[<Test>]
let ``a process that hides its start is known by its heartbeat`` () =
    Assert.That(Liveness.IsAlive(record TimeSpan.Zero, "boot 1", "", now))
    Assert.That(Liveness.IsAlive(record hours, "boot 1", "", now), Is.False)

[<Test>]
let ``a process that could not see its own is known by its heartbeat alone`` () =
    let blind =
        { record TimeSpan.Zero with
            System = ""
        }

    Assert.That(Liveness.IsAlive(blind, "", null, now))
    Assert.That(Liveness.IsAlive({ blind with Heartbeat = now - hours }, "", "100", now), Is.False)

[<Test>]
let ``a clock that is a little ahead is alive, one that is hours ahead proves nothing`` () =
    Assert.That(Liveness.IsAlive(record (TimeSpan.FromSeconds -30.0), "boot 2", null, now))
    Assert.That(Liveness.IsAlive(record -hours, "boot 2", null, now), Is.False)

[<Test>]
let ``several heartbeats may be missed before a process counts as dead, and without a record none is alive`` () =
    Assert.That(Liveness.Patience, Is.GreaterThanOrEqualTo(3.0 * Liveness.Interval))
    Assert.That(Liveness.IsAlive(null, "boot 1", "100", now), Is.False)

[<TestCase(RunEventKind.Started, false, RunStatus.Stopped)>]
[<TestCase(RunEventKind.Started, true, RunStatus.Running)>]
[<TestCase(RunEventKind.Finished, false, RunStatus.Finished)>]
[<TestCase(RunEventKind.Failed, false, RunStatus.Failed)>]
[<TestCase(RunEventKind.Interrupted, true, RunStatus.Interrupted)>]
let ``a run is stopped where its history has no end and no process trains it`` (kind: RunEventKind) (alive: bool) (expected: RunStatus) =
    let summary =
        RunHistory.Fold
            [
                {
                    Kind = kind
                    Time = now
                    Iteration = 3L
                    Values = Map.empty<string, float>
                    Text = ""
                    Diagnosis = null
                }
            ]

    let judged = Liveness.Judge(summary, alive)
    Assert.That(judged.Status, Is.EqualTo expected)
    Assert.That((judged.Iteration, judged.LastEvent), Is.EqualTo((summary.Iteration, summary.LastEvent)))

[<Test>]
let ``of failures in a row the first is worth a warning, then one after pauses that double up to an hour`` () =
    // One failure each second for five hours.
    let warned =
        Seq.init (5 * 3600) float
        |> Seq.scan
            (fun (streak, _) second ->
                let next = FailureStreak.After(streak, now.AddSeconds second)
                (next: FailureStreak | null), if next.IsWarned then Some(second, next.Count) else None)
            (null, None)
        |> Seq.choose snd
        |> List.ofSeq

    let minutes = [ 0.0; 1.0; 3.0; 7.0; 15.0; 31.0; 63.0; 123.0; 183.0; 243.0 ]
    Assert.That(warned, Sample.equal [ for minute in minutes -> 60.0 * minute, int64 (60.0 * minute) + 1L ])
