module PluginGan.Core.Tests.PlanTests

open System
open NUnit.Framework
open FsCheck.FSharp
open FsCheck.NUnit
open PluginGan
open PluginGan.Core

let private settings =
    (Sample.read (Sample.training "\"iterations\": 1000")).Training

let private d = Phase("d", [ "discriminator" ])
let private g = Phase("g", [ "generator" ], SharesDraw = true)

let private kinds (actions: PlanAction seq) =
    [ for action in actions -> action.Kind ]

/// All iterations of a run that nobody interrupts.
let private wholeRun (plan: Plan) iterations =
    [
        for iteration in 0L .. iterations - 1L do
            for action in plan.Next(iteration, false) do
                iteration, action
    ]

let private doneAt kind actions =
    actions
    |> List.filter (fun (_, action: PlanAction) -> action.Kind = kind)
    |> List.map (fun (iteration: int64, _) -> iteration + 1L)

[<Test>]
let ``an ordinary iteration is its updates and nothing else`` () =
    let actions = Plan(settings, [ d; g ], true, true).Next(0L, false)

    Assert.That(
        [
            for action in actions -> (nonNull action.Phase).Name, action.SharesDraw, action.DrawIsShared
        ],
        Sample.equal [ "d", false, true; "g", true, false ]
    )

[<Test>]
let ``what is due follows the updates in a fixed order`` () =
    let every =
        { settings with
            LogEvery = 10
            EvaluateEvery = 10
            SnapshotEvery = 10
            CheckpointEvery = 10
        }

    Assert.That(
        kinds (Plan(every, [ d ], true, false).Next(9L, false)),
        Sample.equal
            [
                PlanActionKind.Train
                PlanActionKind.Log
                PlanActionKind.Evaluate
                PlanActionKind.Snapshot
                PlanActionKind.Checkpoint
            ]
    )

[<Test>]
let ``the last iteration ends with everything`` () =
    let actions = Plan(settings, [ d ], true, false).Next(999L, false)

    Assert.That(
        kinds actions,
        Sample.equal
            [
                PlanActionKind.Train
                PlanActionKind.Log
                PlanActionKind.Evaluate
                PlanActionKind.Snapshot
                PlanActionKind.Checkpoint
                PlanActionKind.Stop
            ]
    )

    Assert.That((Seq.last actions).Reason, Is.EqualTo StopReason.Completed)

[<Test>]
let ``without evaluators nothing is evaluated`` () =
    let actions =
        wholeRun (Plan({ settings with EvaluateEvery = 10 }, [ d ], false, true)) 1000L

    Assert.That(doneAt PlanActionKind.Evaluate actions, Is.Empty)

[<TestCase(1000L, 10L)>]
[<TestCase(50L, 1L)>]
let ``a baseline is taken after the first hundredth of the run`` (iterations: int64) (expected: int64) =
    let plan baseline =
        Plan(
            { settings with
                Iterations = iterations
            },
            [ d ],
            true,
            baseline
        )

    Assert.That(doneAt PlanActionKind.Evaluate (wholeRun (plan true) iterations), Sample.equal [ expected; iterations ])
    Assert.That(doneAt PlanActionKind.Evaluate (wholeRun (plan false) iterations), Sample.equal [ iterations ])

[<Test>]
let ``an interrupted run finishes its iteration, writes a checkpoint and stops`` () =
    let actions = Plan(settings, [ d; g ], true, true).Next(498L, true)

    Assert.That(
        kinds actions,
        Sample.equal
            [
                PlanActionKind.Train
                PlanActionKind.Train
                PlanActionKind.Checkpoint
                PlanActionKind.Stop
            ]
    )

    Assert.That((Seq.last actions).Reason, Is.EqualTo StopReason.Interrupted)

[<Test>]
let ``an interruption neither adds a log nor takes one away`` () =
    let plan = Plan(settings, [ d ], true, true)

    let logs interrupted =
        [
            for iteration in 0L .. 199L do
                if plan.Next(iteration, interrupted) |> kinds |> List.contains PlanActionKind.Log then
                    iteration
        ]

    Assert.That(logs true, Sample.equal (logs false))
    Assert.That(logs false, Is.Not.Empty)

[<Test>]
let ``an interruption in the last iteration changes nothing`` () =
    let plan = Plan(settings, [ d ], true, true)
    Assert.That(plan.Next(999L, true), Is.SameAs(plan.Next(999L, false)))

[<TestCase 1000L>]
[<TestCase 5000L>]
let ``beyond the last iteration there is only the end`` (iteration: int64) =
    let action =
        Plan(settings, [ d ], true, true).Next(iteration, false) |> Seq.exactlyOne

    Assert.That((action.Kind, action.Reason), Is.EqualTo((PlanActionKind.Stop, StopReason.Completed)))

[<Test>]
let ``equal iterations give the same list and allocate nothing`` () =
    let plan = Plan(settings, [ d; g ], true, true)
    plan.Next(1L, false) |> ignore
    let before = GC.GetAllocatedBytesForCurrentThread()

    for iteration in 1L .. 40L do
        if iteration <> 9L then
            plan.Next(iteration, false) |> ignore

    Assert.That(GC.GetAllocatedBytesForCurrentThread() - before, Is.EqualTo 0L)
    Assert.That(plan.Next(1L, false), Is.SameAs(plan.Next(2L, false)))

let private sharing accumulate (before: Phase) (phase: Phase) iteration =
    let plan =
        Plan(
            { settings with
                Accumulate = accumulate
            },
            [ before; phase ],
            false,
            false
        )

    plan.Next(iteration, false) |> Seq.exists _.SharesDraw

[<Test>]
let ``a draw is shared only between phases that both run once, next to each other`` () =
    Assert.That(sharing 1 d g 0L, Is.True)
    Assert.That(sharing 2 d g 0L, Is.False, "accumulated gradients")
    Assert.That(sharing 1 (Phase("d", [], Repeat = 5)) g 0L, Is.False, "the phase before repeats")
    Assert.That(sharing 1 d (Phase("g", [], Repeat = 2, SharesDraw = true)) 0L, Is.False, "the phase itself repeats")
    Assert.That(sharing 1 (Phase("d", [], Interval = 2)) g 0L, Is.True, "the phase before runs")
    Assert.That(sharing 1 (Phase("d", [], Interval = 2)) g 1L, Is.False, "the phase before does not run")
    Assert.That(sharing 1 d (Phase("g", [])) 0L, Is.False, "nobody asks for it")

[<Test>]
let ``the first phase shares with none, and a draw is not shared across a phase that rests`` () =
    let rests = Phase("d_reg", [], Interval = 2, SharesDraw = true)

    let plan =
        Plan(settings, [ Phase("e", [], SharesDraw = true); rests; g ], false, false)

    Assert.That([ for action in plan.Next(0L, false) -> action.SharesDraw ], Sample.equal [ false; true; true ])
    Assert.That([ for action in plan.Next(0L, false) -> action.DrawIsShared ], Sample.equal [ true; true; false ])
    Assert.That([ for action in plan.Next(1L, false) -> action.SharesDraw ], Sample.equal [ false; false ])

[<Test>]
let ``a phase runs within its window only`` () =
    let early = Phase("early", [], Active = Window(0.0, 0.5))
    let late = Phase("late", [], Active = Window(0.5, 1.0))
    let plan = Plan({ settings with Iterations = 10L }, [ early; late ], false, false)

    let names iteration =
        plan.Next(iteration, false)
        |> Seq.choose (_.Phase >> Option.ofObj)
        |> Seq.map _.Name
        |> List.ofSeq

    Assert.That([ for iteration in 0L .. 9L -> names iteration ], Sample.equal (List.replicate 5 [ "early" ] @ List.replicate 5 [ "late" ]))

[<Test>]
let ``progress goes from none to all`` () =
    let plan = Plan(settings, [ d ], false, false)
    Assert.That([ 0L; 250L; 1000L; 2000L ] |> List.map plan.Progress, Sample.equal [ 0.0; 0.25; 1.0; 1.0 ])

[<Test>]
let ``phases that make no sense are refused by name`` () =
    let create phase =
        Action(fun () -> Plan(settings, [ phase ], false, false) |> ignore)

    Assert.That(create (Phase("broken", [], Repeat = 0)), Throws.ArgumentException.With.Message.Contains "'broken'")
    Assert.That(create (Phase("broken", [], Interval = 0)), Throws.ArgumentException.With.Message.Contains "'broken'")

let private runs =
    gen {
        let! iterations = Gen.choose (1, 200)
        let! every = Gen.listOfLength 4 (Gen.choose (0, 50))

        let! phases =
            Gen.listOf (Gen.zip3 (Gen.choose (1, 4)) (Gen.choose (1, 7)) (Gen.elements [ true; false ]))

        let phases =
            [
                for index, (repeat, interval, shares) in List.indexed (List.truncate 6 phases) ->
                    Phase($"{index}", [], Repeat = repeat, Interval = interval, SharesDraw = shares)
            ]

        return
            { settings with
                Iterations = int64 iterations
                LogEvery = every[0]
                SnapshotEvery = every[1]
                CheckpointEvery = every[2]
                EvaluateEvery = every[3]
            },
            phases
    }

[<Property>]
let ``every phase runs exactly as often as its repeat and interval say`` () =
    Prop.forAll (Arb.fromGen runs) (fun (training, phases) ->
        let actions = wholeRun (Plan(training, phases, true, true)) training.Iterations

        phases
        |> List.forall (fun phase ->
            let visits =
                (training.Iterations + int64 phase.Interval - 1L) / int64 phase.Interval

            let updates =
                actions
                |> List.filter (fun (_, action) -> obj.ReferenceEquals(action.Phase, phase))

            int64 updates.Length = visits * int64 phase.Repeat))

[<Property>]
let ``checkpoints, snapshots, logs and evaluations come at their multiples and at the end`` () =
    Prop.forAll (Arb.fromGen runs) (fun (training, phases) ->
        let actions = wholeRun (Plan(training, phases, true, false)) training.Iterations

        let expected every =
            [
                for finished in 1L .. training.Iterations do
                    if finished = training.Iterations || (every > 0 && finished % int64 every = 0L) then
                        finished
            ]

        doneAt PlanActionKind.Log actions = expected training.LogEvery
        && doneAt PlanActionKind.Snapshot actions = expected training.SnapshotEvery
        && doneAt PlanActionKind.Checkpoint actions = expected training.CheckpointEvery
        && doneAt PlanActionKind.Evaluate actions = expected training.EvaluateEvery
        && doneAt PlanActionKind.Stop actions = [ training.Iterations ])

[<Property>]
let ``a shared draw has always been kept by the update before`` () =
    Prop.forAll (Arb.fromGen runs) (fun (training, phases) ->
        let plan = Plan(training, phases, false, false)

        [ 0L .. training.Iterations - 1L ]
        |> List.forall (fun iteration ->
            let updates =
                plan.Next(iteration, false)
                |> Seq.filter (fun action -> action.Kind = PlanActionKind.Train)
                |> List.ofSeq

            let kept = updates |> List.map _.DrawIsShared
            let shared = updates |> List.map _.SharesDraw

            updates.IsEmpty
            || (not shared.Head
                && not (List.last kept)
                && List.tail shared = List.truncate (kept.Length - 1) kept)))
