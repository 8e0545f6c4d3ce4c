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

/// All iterations of a run that nobody interrupts.
let private wholeRun (plan: Plan) iterations =
    [
        for iteration in 0L .. iterations - 1L -> iteration, plan.Next(iteration, false)
    ]

/// How many iterations are done each time that something is due.
let private doneAt due (run: (int64 * IterationPlan) list) =
    [
        for iteration, next in run do
            if next.Due.HasFlag due then
                iteration + 1L
    ]

let private everything =
    Due.Log ||| Due.Evaluation ||| Due.Snapshot ||| Due.Checkpoint

[<Test>]
let ``an ordinary iteration is its updates and nothing else`` () =
    let next = Plan(settings, [ d; g ], true, true).Next(0L, false)

    Assert.That(
        [
            for update in next.Updates -> update.Phase.Name, update.SharesDraw, update.DrawIsShared
        ],
        Sample.equal [ "d", false, true; "g", true, false ]
    )

    Assert.That((next.Due, next.Stop), Is.EqualTo((Due.Nothing, StopReason.None)))

[<Test>]
let ``what is due may all be due at once, and the run goes on`` () =
    let every =
        { settings with
            LogEvery = 10
            EvaluateEvery = 10
            SnapshotEvery = 10
            CheckpointEvery = 10
        }

    let next = Plan(every, [ d ], true, false).Next(9L, false)
    Assert.That((next.Updates.Count, next.Due, next.Stop), Is.EqualTo((1, everything, StopReason.None)))

[<Test>]
let ``the last iteration ends with everything`` () =
    let next = Plan(settings, [ d ], true, false).Next(999L, false)
    Assert.That((next.Updates.Count, next.Due, next.Stop), Is.EqualTo((1, everything, StopReason.Completed)))

[<Test>]
let ``without evaluators nothing is evaluated`` () =
    let run =
        wholeRun (Plan({ settings with EvaluateEvery = 10 }, [ d ], false, true)) 1000L

    Assert.That(doneAt Due.Evaluation run, Is.Empty)

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

    Assert.That(doneAt Due.Evaluation (wholeRun (plan true) iterations), Sample.equal [ expected; iterations ])
    Assert.That(doneAt Due.Evaluation (wholeRun (plan false) iterations), Sample.equal [ iterations ])

[<Test>]
let ``an interrupted run finishes its iteration, writes a checkpoint and stops`` () =
    let next = Plan(settings, [ d; g ], true, true).Next(498L, true)
    Assert.That((next.Updates.Count, next.Due, next.Stop), Is.EqualTo((2, Due.Checkpoint, StopReason.Interrupted)))

[<Test>]
let ``an interruption neither adds a log nor takes one away`` () =
    let plan = Plan(settings, [ d ], true, true)

    let logs interrupted =
        [
            for iteration in 0L .. 199L do
                if plan.Next(iteration, interrupted).Due.HasFlag Due.Log then
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
    let next = Plan(settings, [ d ], true, true).Next(iteration, false)
    Assert.That((next.Updates.Count, next.Due, next.Stop), Is.EqualTo((0, Due.Nothing, StopReason.Completed)))

[<Test>]
let ``equal iterations give the same plan and allocate nothing`` () =
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

    plan.Next(iteration, false).Updates |> Seq.exists _.SharesDraw

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

    Assert.That([ for update in plan.Next(0L, false).Updates -> update.SharesDraw ], Sample.equal [ false; true; true ])
    Assert.That([ for update in plan.Next(0L, false).Updates -> update.DrawIsShared ], Sample.equal [ true; true; false ])
    Assert.That([ for update in plan.Next(1L, false).Updates -> update.SharesDraw ], Sample.equal [ false; false ])

[<Test>]
let ``a phase runs within its window only`` () =
    let early = Phase("early", [], Active = Window(0.0, 0.5))
    let late = Phase("late", [], Active = Window(0.5, 1.0))
    let plan = Plan({ settings with Iterations = 10L }, [ early; late ], false, false)

    let names iteration =
        [
            for update in plan.Next(iteration, false).Updates -> update.Phase.Name
        ]

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
        let updates =
            [
                for _, next in wholeRun (Plan(training, phases, true, true)) training.Iterations do
                    yield! next.Updates
            ]

        phases
        |> List.forall (fun phase ->
            let visits =
                (training.Iterations + int64 phase.Interval - 1L) / int64 phase.Interval

            let ofPhase =
                updates
                |> List.filter (fun update -> obj.ReferenceEquals(update.Phase, phase))

            int64 ofPhase.Length = visits * int64 phase.Repeat))

[<Property>]
let ``checkpoints, snapshots, logs and evaluations come at their multiples and at the end`` () =
    Prop.forAll (Arb.fromGen runs) (fun (training, phases) ->
        let run = wholeRun (Plan(training, phases, true, false)) training.Iterations

        let expected every =
            [
                for finished in 1L .. training.Iterations do
                    if finished = training.Iterations || (every > 0 && finished % int64 every = 0L) then
                        finished
            ]

        let stops =
            run
            |> List.filter (fun (_, next) -> next.Stop <> StopReason.None)
            |> List.map (fun (iteration, next) -> iteration + 1L, next.Stop)

        doneAt Due.Log run = expected training.LogEvery
        && doneAt Due.Snapshot run = expected training.SnapshotEvery
        && doneAt Due.Checkpoint run = expected training.CheckpointEvery
        && doneAt Due.Evaluation run = expected training.EvaluateEvery
        && stops = [ training.Iterations, StopReason.Completed ])

[<Property>]
let ``a shared draw has always been kept by the update before`` () =
    Prop.forAll (Arb.fromGen runs) (fun (training, phases) ->
        let plan = Plan(training, phases, false, false)

        [ 0L .. training.Iterations - 1L ]
        |> List.forall (fun iteration ->
            let updates = List.ofSeq (plan.Next(iteration, false).Updates)
            let kept = updates |> List.map _.DrawIsShared
            let shared = updates |> List.map _.SharesDraw

            updates.IsEmpty
            || (not shared.Head
                && not (List.last kept)
                && List.tail shared = List.truncate (kept.Length - 1) kept)))
