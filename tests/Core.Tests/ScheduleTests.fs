module PluginGan.Core.Tests.ScheduleTests

open System
open System.Text.Json
open NUnit.Framework
open FsCheck
open FsCheck.FSharp
open FsCheck.NUnit
open PluginGan
open PluginGan.Core

/// Where a run of 1000 iterations stands that shows 64 samples in each.
let at share =
    TrainingTime(int64 (share * 1000.0), share * 64.0, share)

let schedule (shape: ScheduleShape) first last start finish =
    Schedule(ScheduleUnit.Share, [ ScheduleSegment(shape, first, last, start, finish) ])

/// Schedules that a recipe may hold: one segment, or several one behind the other.
let schedulesOf (value: Gen<float>) =
    let segment start finish =
        gen {
            let! shape =
                Gen.elements
                    [
                        ScheduleShape.Constant
                        ScheduleShape.Linear
                        ScheduleShape.Cosine
                        ScheduleShape.Step
                    ]

            let! first = value
            let! last = value
            let! factor = Gen.choose (1, 10)
            let! every = Gen.choose (1, 20)

            return
                match shape with
                | ScheduleShape.Constant -> ScheduleSegment(shape, first, first, start, finish)
                | ScheduleShape.Step ->
                    let factor, every = float factor / 10.0, float every / 100.0

                    ScheduleSegment(
                        shape,
                        first,
                        first * factor ** floor ((finish - start) / every),
                        start,
                        finish,
                        Factor = factor,
                        Every = every
                    )
                | _ -> ScheduleSegment(shape, first, last, start, finish)
        }

    gen {
        let! unit =
            Gen.elements [ ScheduleUnit.Share; ScheduleUnit.Iterations; ScheduleUnit.Kimg ]

        let! count = Gen.choose (1, 3)
        let! times = Gen.shuffle [ 0..100 ]

        let times =
            times
            |> Seq.take (count + 1)
            |> Seq.sort
            |> Seq.map (fun percent -> float percent / 100.0)
            |> List.ofSeq

        let! segments =
            List.pairwise times
            |> List.map (fun (start, finish) -> segment start finish)
            |> Gen.sequenceToList

        let schedule = Schedule(unit, segments)

        return
            if schedule.IsConstant then
                Schedule.Constant schedule.Segments[0].From
            else
                schedule
    }

let schedules =
    ArbMap.generate<NormalFloat> ArbMap.defaults |> Gen.map _.Get |> schedulesOf

/// Schedules of one segment that moves from one value to another.
let moving =
    gen {
        let! shape = Gen.elements [ ScheduleShape.Linear; ScheduleShape.Cosine ]
        let! first = ArbMap.generate<NormalFloat> ArbMap.defaults
        let! last = ArbMap.generate<NormalFloat> ArbMap.defaults
        let! start = Gen.choose (0, 99)
        let! finish = Gen.choose (start + 1, 100)
        return schedule shape first.Get last.Get (float start / 100.0) (float finish / 100.0)
    }

let private ends (schedule: Schedule) =
    schedule.Segments[0].From, schedule.Segments[0].To

[<Test>]
let ``a line moves evenly between its start and its end`` () =
    let line = schedule ScheduleShape.Linear 10.0 20.0 0.5 1.0
    Assert.That([ 0.0; 0.5; 0.75; 1.0 ] |> List.map (at >> line.At), Sample.equal [ 10.0; 10.0; 15.0; 20.0 ])

[<Test>]
let ``half a cosine is slow at both ends`` () =
    let cosine = schedule ScheduleShape.Cosine 1.0 0.0 0.0 0.8
    Assert.That(cosine.At(at 0.4), Is.EqualTo(0.5).Within 1e-12)
    Assert.That(cosine.At(at 0.2), Is.EqualTo((1.0 + sqrt 0.5) / 2.0).Within 1e-12)
    Assert.That(cosine.At(at 0.9), Is.EqualTo 0.0)

[<Test>]
let ``steps multiply the value at even times`` () =
    let steps =
        Schedule(
            ScheduleUnit.Iterations,
            [
                ScheduleSegment(ScheduleShape.Step, 8.0, 8.0, 0.0, infinity, Factor = 0.5, Every = 100.0)
            ]
        )

    let values =
        [ 0L; 99L; 100L; 250L; 1000L ]
        |> List.map (fun iteration -> steps.At(TrainingTime(iteration, 0.0, 0.0)))

    Assert.That(values, Sample.equal [ 8.0; 8.0; 4.0; 2.0; 8.0 / 1024.0 ])

[<TestCase(ScheduleUnit.Share, 0.25)>]
[<TestCase(ScheduleUnit.Iterations, 250.0)>]
[<TestCase(ScheduleUnit.Kimg, 16.0)>]
let ``times are counted in the unit of the schedule`` (unit: ScheduleUnit) (middle: float) =
    let line =
        Schedule(unit, [ ScheduleSegment(ScheduleShape.Linear, 0.0, 1.0, 0.0, 2.0 * middle) ])

    Assert.That(line.At(at 0.25), Is.EqualTo(0.5).Within 1e-12)

[<Property>]
let ``a schedule stays between its ends, which it takes at start and end`` () =
    Prop.forAll (Arb.fromGen (Gen.zip moving (Gen.choose (0, 1000)))) (fun (schedule, permille) ->
        let value = schedule.At(at (float permille / 1000.0))
        let first, last = ends schedule

        value >= min first last
        && value <= max first last
        && schedule.At(at 0.0) = first
        && schedule.At(at 1.0) = last)

[<Property>]
let ``a schedule moves in one direction only`` () =
    Prop.forAll (Arb.fromGen moving) (fun schedule ->
        let values =
            [ for permille in 0..1000 -> schedule.At(at (float permille / 1000.0)) ]

        let first, last = ends schedule
        let direction = Math.Sign(last - first)
        // Rounding may take back the last bit of a step.
        let slack = 1e-12 * (abs first + abs last)

        values
        |> List.pairwise
        |> List.forall (fun (before, after) -> float direction * (after - before) >= -slack))

let private weight (text: string) =
    (Sample.read (Sample.minimalWith $"\"regularizers\": [{{ \"name\": \"r1\", \"weight\": {text} }}]")).Regularizers[0].Weight

[<Test>]
let ``a recipe gives a schedule as a number or as an object`` () =
    Assert.That(weight "5", Is.EqualTo(Schedule.Constant 5.0))
    Assert.That(weight """{ "shape": "constant", "from": 5, "end": 0.5 }""", Is.EqualTo(Schedule.Constant 5.0))

    Assert.That(
        weight """{ "shape": "cosine", "from": 5, "to": 1, "start": 0.5 }""",
        Is.EqualTo(schedule ScheduleShape.Cosine 5.0 1.0 0.5 1.0)
    )

[<Test>]
let ``the burn-in of R3GAN is a cosine in kimg that stays where it arrives`` () =
    let burnIn =
        weight """{ "shape": "cosine", "from": 2, "to": 0.2, "end": 10000, "unit": "kimg" }"""

    let value kimg = burnIn.At(TrainingTime(0L, kimg, 0.0))
    Assert.That(value 0.0, Is.EqualTo 2.0)
    Assert.That(value 5000.0, Is.EqualTo(1.1).Within 1e-12)
    Assert.That(value 90000.0, Is.EqualTo 0.2)

[<Test>]
let ``segments follow each other without saying where they start`` () =
    let expected =
        Schedule(
            ScheduleUnit.Iterations,
            [
                ScheduleSegment(ScheduleShape.Linear, 0.0, 1.0, 0.0, 100.0)
                ScheduleSegment(ScheduleShape.Constant, 1.0, 1.0, 100.0, 500.0)
                ScheduleSegment(ScheduleShape.Step, 1.0, 1.0, 500.0, infinity, Factor = 0.5, Every = 50.0)
            ]
        )

    let text =
        """{ "unit": "iterations", "segments": [
            { "shape": "linear", "from": 0, "to": 1, "end": 100 }, { "from": 1, "end": 500 }, { "shape": "step", "from": 1, "factor": 0.5, "every": 50 } ] }"""

    Assert.That(weight text, Is.EqualTo expected)

[<Test>]
let ``a warm-up rises from zero to what follows`` () =
    let warm = weight """{ "from": 4, "warmUp": 10, "unit": "kimg" }"""
    let value kimg = warm.At(TrainingTime(0L, kimg, 0.0))
    Assert.That([ 0.0; 5.0; 10.0; 1000.0 ] |> List.map value, Sample.equal [ 0.0; 2.0; 4.0; 4.0 ])

    let cosine = weight """{ "shape": "cosine", "from": 4, "to": 0, "warmUp": 0.2 }"""
    Assert.That([ 0.1; 0.2; 0.6; 1.0 ] |> List.map (at >> cosine.At), (Sample.equal [ 2.0; 4.0; 2.0; 0.0 ]).Within 1e-12)

[<Property(MaxTest = 200)>]
let ``a schedule that is written as an option and read again is equal`` () =
    Prop.forAll (Arb.fromGen schedules) (fun schedule -> Schedules.Read(JsonElement.Parse(Schedules.ToJson schedule)) = schedule)

[<TestCase("{ \"shape\": \"linear\", \"from\": 1 }", "regularizers[0].weight.to: is missing")>]
[<TestCase("{ \"shape\": \"linear\", \"from\": 1, \"to\": 2, \"start\": 0.5, \"end\": 0.5 }",
           "regularizers[0].weight.end: must be above 'start' (0.5), but is 0.5")>]
[<TestCase("{ \"shape\": \"linear\", \"from\": 1, \"to\": 2, \"unit\": \"kimg\" }", "regularizers[0].weight.end: is missing")>]
[<TestCase("{ \"shape\": \"linear\", \"from\": 1, \"to\": 2, \"end\": 1.5 }", "regularizers[0].weight.end: must be at most 1, but is 1.5")>]
[<TestCase("{ \"from\": 1, \"to\": 2 }", "regularizers[0].weight.to: a constant schedule has no 'to'")>]
[<TestCase("{ \"shape\": \"step\", \"from\": 1, \"every\": 0.1 }", "regularizers[0].weight.factor: is missing")>]
[<TestCase("{ \"shape\": \"step\", \"from\": 1, \"every\": 0.1, \"factor\": 2 }",
           "regularizers[0].weight.factor: must be at most 1, but is 2")>]
[<TestCase("{ \"shape\": \"liner\", \"from\": 1, \"to\": 2 }",
           "regularizers[0].weight.shape: must be one of constant, linear, cosine, step, but is the text \"liner\"; did you mean 'linear'?")>]
[<TestCase("{ \"from\": 1, \"warmUp\": 0.2, \"start\": 0.3 }",
           "regularizers[0].weight.start: must be 0.2, where the warm-up ends, but is 0.3; leave 'start' out")>]
[<TestCase("{ \"from\": 1, \"warmUp\": 0.6, \"end\": 0.5 }", "regularizers[0].weight.warmUp: must be below 'end' (0.5), but is 0.6")>]
[<TestCase("{ \"segments\": [ { \"from\": 1, \"end\": 0.2 }, { \"from\": 2, \"start\": 0.3 } ] }",
           "regularizers[0].weight.segments[1].start: must be 0.2, where the segment before it ends, but is 0.3; leave 'start' out")>]
[<TestCase("{ \"segments\": [ { \"from\": 1 }, { \"from\": 2 } ] }", "regularizers[0].weight.segments[0].end: is missing")>]
[<TestCase("{ \"segments\": [] }", "regularizers[0].weight.segments: must be a list of segments, at least one, but is a list")>]
[<TestCase("{ \"segments\": [ { \"from\": 1 } ], \"warmUp\": 1 }",
           "regularizers[0].weight.warmUp: unknown key 'warmUp'; there are: unit, segments")>]
[<TestCase("[1, 2]", "regularizers[0].weight: must be a number or a schedule (an object with shape, from and to), but is a list")>]
let ``a schedule that makes no sense is refused`` (text: string) (expected: string) =
    let recipe =
        Sample.minimalWith $"\"regularizers\": [{{ \"name\": \"r1\", \"weight\": {text} }}]"

    Assert.That(Sample.messagesOf (fun () -> Sample.read recipe), Has.Member $"recipe.json: {expected}")
