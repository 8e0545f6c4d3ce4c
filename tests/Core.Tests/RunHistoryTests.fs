module PluginGan.Core.Tests.RunHistoryTests

open System
open System.Collections.Generic
open NUnit.Framework
open FsCheck
open FsCheck.FSharp
open FsCheck.NUnit
open PluginGan.Core

let private start = DateTimeOffset(2026, 11, 24, 1, 2, 3, TimeSpan.FromHours 1.0)

let private event kind (iteration: int64) : RunEvent =
    {
        Kind = kind
        Time = start.AddSeconds(float iteration)
        Iteration = iteration
        Values = Map.empty
        Text = ""
        Diagnosis = null
    }

let private diagnosis: Diagnosis =
    {
        Rule = HealthRule.VanishingGradients
        Severity = Severity.Warning
        Policy = HealthPolicy.RollBack
        Evidence = "The gradient norm is 3e-07."
        Remedy = "Lower training.optimizers.discriminator.rate."
        RateFactors = Map [ "discriminator", 0.3 ]
    }

let private diagnosed kind iteration =
    { event kind iteration with
        Diagnosis = diagnosis
    }

let private scalars iteration (values: (string * float) list) =
    { event RunEventKind.Scalars iteration with
        Values = Map values
    }

[<Test>]
let ``an event is one line and comes back as it was`` () =
    let written =
        { event RunEventKind.Warning 7L with
            Text = "two\nlines, \"quoted\""
            Values = Map [ "a", 0.1; "b", -0.0; "nan", nan; "up", infinity; "down", -infinity ]
        }

    let line = RunEvents.ToJsonLine written
    Assert.That(line, Does.Not.Contain "\n")

    for name in [ "\"NaN\""; "\"Infinity\""; "\"-Infinity\"" ] do
        Assert.That(line, Does.Contain name)

    let back = RunEvents.ParseLines [ line ] |> Seq.exactlyOne
    Assert.That({ back with Values = written.Values }, Is.EqualTo written)

    for value in written.Values do
        Assert.That(back.Values[value.Key], Is.EqualTo value.Value)

[<Property>]
let ``a line that a crash has torn is left out, and no other`` () =
    let line = RunEvents.ToJsonLine(scalars 5L [ "d/loss", 0.25; "g/loss", 1.5 ])

    Prop.forAll (Arb.fromGen (Gen.choose (0, line.Length - 1))) (fun length ->
        let events = RunEvents.ParseLines [ line; line; line.Substring(0, length) ]
        events.Count = 2 && events[1].Iteration = 5L)

[<Test>]
let ``events of an unknown kind are skipped, as are lines that are no events`` () =
    let known = RunEvents.ToJsonLine(event RunEventKind.Started 0L)

    let lines =
        [
            known
            known.Replace("started", "teleported")
            known.Replace("\"started\"", "3")
            "[]"
            "null"
            ""
            "{}"
            known
        ]

    Assert.That(RunEvents.ParseLines lines, Has.Count.EqualTo 2)

[<Test>]
let ``a history is folded into where the run stands`` () =
    let summary =
        RunHistory.Fold
            [
                event RunEventKind.Started 0L
                scalars 50L [ "d", 1.0; "g", 2.0 ]
                { event RunEventKind.Scores 50L with
                    Values = Map [ "fid", 90.0 ]
                }
                event RunEventKind.Checkpoint 50L
                { event RunEventKind.Warning 60L with
                    Text = "loss is not finite"
                }
                diagnosed RunEventKind.Diagnosis 60L
                scalars 100L [ "d", 0.5 ]
                event RunEventKind.Checkpoint 100L
                event RunEventKind.Finished 100L
            ]

    let expected: RunSummary =
        {
            Status = RunStatus.Finished
            Started = Nullable start
            LastEvent = Nullable(start.AddSeconds 100.0)
            Iteration = 100L
            Scalars = Map [ "d", 0.5; "g", 2.0 ]
            ScalarHistory =
                [
                    {
                        Iteration = 50L
                        Values = Map [ "d", 1.0; "g", 2.0 ]
                    }
                    {
                        Iteration = 100L
                        Values = Map [ "d", 0.5 ]
                    }
                ]
            Scores =
                [
                    {
                        Iteration = 50L
                        Values = Map [ "fid", 90.0 ]
                    }
                ]
            Warnings =
                [
                    {
                        Iteration = 60L
                        Text = "loss is not finite"
                    }
                ]
            Diagnoses =
                [
                    {
                        Iteration = 60L
                        Diagnosis = diagnosis
                    }
                ]
            RollBacks = []
            Checkpoint = Nullable 100L
        }

    Assert.That(summary, Is.EqualTo expected)

[<TestCase(RunEventKind.Started, RunStatus.Running)>]
[<TestCase(RunEventKind.Interrupted, RunStatus.Interrupted)>]
[<TestCase(RunEventKind.Failed, RunStatus.Failed)>]
[<TestCase(RunEventKind.Finished, RunStatus.Finished)>]
let ``the last turn of a run is its status, and a resume sets it going again`` (kind: RunEventKind) (expected: RunStatus) =
    let events =
        [
            event RunEventKind.Started 0L
            event kind 10L
            event RunEventKind.Warning 10L
        ]

    Assert.That((RunHistory.Fold events).Status, Is.EqualTo expected)
    Assert.That((RunHistory.Fold(events @ [ event RunEventKind.Resumed 10L ])).Status, Is.EqualTo RunStatus.Running)

[<Test>]
let ``a run without events is just running`` () =
    let summary = RunHistory.Fold []
    Assert.That((summary.Status, summary.Started.HasValue, summary.Checkpoint.HasValue), Is.EqualTo((RunStatus.Running, false, false)))

[<Test>]
let ``a resume from an older checkpoint takes back what came after it`` () =
    let summary =
        RunHistory.Fold
            [
                event RunEventKind.Started 0L
                event RunEventKind.Checkpoint 100L
                scalars 150L [ "d", 9.0 ]
                event RunEventKind.Checkpoint 200L
                event RunEventKind.Failed 230L
                event RunEventKind.Resumed 100L
            ]

    Assert.That(summary.Checkpoint, Is.EqualTo(Nullable 100L))
    Assert.That(summary.Iteration, Is.EqualTo 100L)
    Assert.That(summary.Scalars, Is.Empty)
    Assert.That(summary.Status, Is.EqualTo RunStatus.Running)

[<Test>]
let ``a diagnosis is read back as it was written, with its rule by name`` () =
    let line = RunEvents.ToJsonLine(diagnosed RunEventKind.Diagnosis 7L)

    for text in
        [
            "\"kind\":\"diagnosis\""
            "\"rule\":\"vanishingGradients\""
            "\"policy\":\"rollBack\""
            "{\"discriminator\":0.3}"
        ] do
        Assert.That(line, Does.Contain text)

    let back = (RunEvents.ParseLines [ line ] |> Seq.exactlyOne).Diagnosis

    match Option.ofObj back with
    | Some back ->
        Assert.That(
            { back with
                RateFactors = diagnosis.RateFactors
            },
            Is.EqualTo diagnosis
        )

        Assert.That(back.RateFactors["discriminator"], Is.EqualTo 0.3)
    | None -> Assert.Fail "the diagnosis is lost"

[<Test>]
let ``an event without a diagnosis says nothing of it`` () =
    Assert.That(RunEvents.ToJsonLine(scalars 5L [ "d", 1.0 ]), Does.Not.Contain "diagnosis")

[<Test>]
let ``a roll-back takes back what came after its checkpoint and stays itself, until a resume from before it`` () =
    let events =
        [
            event RunEventKind.Started 0L
            event RunEventKind.Checkpoint 100L
            scalars 150L [ "d", 9.0 ]
            diagnosed RunEventKind.Diagnosis 150L
            diagnosed RunEventKind.RolledBack 100L
            scalars 150L [ "d", 1.0 ]
            event RunEventKind.Checkpoint 200L
        ]

    let summary = RunHistory.Fold events
    Assert.That([ for entry in summary.ScalarHistory -> entry.Values["d"] ], Sample.equal [ 1.0 ])
    Assert.That(summary.Diagnoses, Is.Empty)
    Assert.That([ for entry in summary.RollBacks -> entry.Iteration ], Sample.equal [ 100L ])

    let rollBacksAfter resumed =
        (RunHistory.Fold(events @ [ event RunEventKind.Resumed resumed ])).RollBacks.Count

    Assert.That([ 200L; 100L; 50L ] |> List.map rollBacksAfter, Sample.equal [ 1; 1; 0 ])

/// What one process writes from an iteration on: every step one iteration further.
let private stretch from =
    gen {
        let! length = Gen.choose (0, 20)

        let! kinds =
            Gen.listOfLength
                length
                (Gen.elements
                    [
                        RunEventKind.Scalars
                        RunEventKind.Scores
                        RunEventKind.Warning
                        RunEventKind.Checkpoint
                    ])

        let! values = Gen.listOfLength length (Gen.choose (0, 9))

        return
            [
                for index, (kind, value) in List.indexed (List.zip kinds values) ->
                    { event kind (from + int64 index + 1L) with
                        Values = Map [ $"loss{value % 3}", float value ]
                    }
            ]
    }

/// A run that was interrupted and resumed a few times, somewhere within what it had done.
let private histories =
    let rec extend times events =
        gen {
            let last = events |> List.map _.Iteration |> List.last
            let! more = stretch last
            let events = events @ more

            if times = 0 then
                return events
            else
                let! from = Gen.choose (0, int (events |> List.last).Iteration)
                return! extend (times - 1) (events @ [ event RunEventKind.Resumed (int64 from) ])
        }

    Gen.choose (0, 4)
    |> Gen.bind (fun times -> extend times [ event RunEventKind.Started 0L ])

let private isRising (iterations: int64 list) =
    iterations
    |> List.pairwise
    |> List.forall (fun (before, after) -> before < after)

[<Property>]
let ``the history of a run rises, however often it was resumed`` () =
    Prop.forAll (Arb.fromGen histories) (fun events ->
        let summary = RunHistory.Fold events

        isRising [ for entry in summary.ScalarHistory -> entry.Iteration ]
        && isRising [ for entry in summary.Scores -> entry.Iteration ]
        && isRising [ for entry in summary.Warnings -> entry.Iteration ]
        && summary.ScalarHistory
           |> Seq.forall (fun entry -> entry.Iteration <= summary.Iteration))

[<Property>]
let ``what lies beyond a resume does not matter`` () =
    Prop.forAll (Arb.fromGen (Gen.zip histories (stretch 0L))) (fun (events, more) ->
        let from = (RunHistory.Fold events).Iteration

        let lost =
            more
            |> List.map (fun event ->
                { event with
                    Iteration = event.Iteration + from
                })

        let resumed = [ event RunEventKind.Resumed from ]
        RunHistory.Fold(events @ lost @ resumed) = RunHistory.Fold(events @ resumed))

[<Property>]
let ``events that pass through a file fold to the same`` () =
    Prop.forAll (Arb.fromGen histories) (fun events ->
        let lines = events |> List.map RunEvents.ToJsonLine
        // What is parsed holds dictionaries of its own kind; written again it is the same text.
        let back = RunEvents.ParseLines lines

        (back |> Seq.map RunEvents.ToJsonLine |> List.ofSeq) = lines
        && (RunHistory.Fold back).Scalars.Equals((RunHistory.Fold events).Scalars))

[<Test>]
let ``lines that cannot be read are counted and placed, the first few of many`` () =
    let whole = RunEvents.ToJsonLine(event RunEventKind.Started 0L)
    Assert.That(RunEvents.Unread [ whole; ""; whole ], Is.Null)
    Assert.That(RunEvents.Unread [ whole; "{"; whole ], Is.EqualTo "line 2 cannot be read and is left out")
    let many = RunEvents.Unread [ whole; yield! List.replicate 7 "garbage" ]
    Assert.That(many, Is.EqualTo "7 lines cannot be read and are left out (lines 2, 3, 4, 5, 6, …)")
