module PluginGan.Core.Tests.ScheduleTests

open System
open NUnit.Framework
open FsCheck
open FsCheck.FSharp
open FsCheck.NUnit
open PluginGan.Core

let schedule shape first last start finish =
    {
        Shape = shape
        From = first
        To = last
        Start = start
        End = finish
    }

/// Schedules that a recipe may hold.
let schedules =
    gen {
        let! shape =
            Gen.elements [ ScheduleShape.Constant; ScheduleShape.Linear; ScheduleShape.Cosine ]

        let! first = ArbMap.generate<NormalFloat> ArbMap.defaults
        let! last = ArbMap.generate<NormalFloat> ArbMap.defaults
        let! start = Gen.choose (0, 99)
        let! finish = Gen.choose (start + 1, 100)

        return
            if shape = ScheduleShape.Constant then
                Schedule.Constant first.Get
            else
                schedule shape first.Get last.Get (float start / 100.0) (float finish / 100.0)
    }

[<Test>]
let ``a line moves evenly between its start and its end`` () =
    let line = schedule ScheduleShape.Linear 10.0 20.0 0.5 1.0
    Assert.That([ 0.0; 0.5; 0.75; 1.0 ] |> List.map line.At, Sample.equal [ 10.0; 10.0; 15.0; 20.0 ])

[<Test>]
let ``half a cosine is slow at both ends`` () =
    let cosine = schedule ScheduleShape.Cosine 1.0 0.0 0.0 0.8
    Assert.That(cosine.At 0.4, Is.EqualTo(0.5).Within 1e-12)
    Assert.That(cosine.At 0.2, Is.EqualTo((1.0 + sqrt 0.5) / 2.0).Within 1e-12)
    Assert.That(cosine.At 0.9, Is.EqualTo 0.0)

[<Property>]
let ``a schedule stays between its ends, which it takes at start and end`` () =
    Prop.forAll (Arb.fromGen (Gen.zip schedules (Gen.choose (0, 1000)))) (fun (schedule, permille) ->
        let value = schedule.At(float permille / 1000.0)

        value >= min schedule.From schedule.To
        && value <= max schedule.From schedule.To
        && schedule.At 0.0 = schedule.From
        && schedule.At 1.0 = schedule.To)

[<Property>]
let ``a schedule moves in one direction only`` () =
    Prop.forAll (Arb.fromGen schedules) (fun schedule ->
        let values = [ for permille in 0..1000 -> schedule.At(float permille / 1000.0) ]
        let direction = Math.Sign(schedule.To - schedule.From)
        // Rounding may take back the last bit of a step.
        let slack = 1e-12 * (abs schedule.From + abs schedule.To)

        values
        |> List.pairwise
        |> List.forall (fun (before, after) -> float direction * (after - before) >= -slack))

[<Test>]
let ``a recipe gives a schedule as a number or as an object`` () =
    let weight (text: string) =
        (Sample.read (Sample.minimalWith $"\"regularizers\": [{{ \"name\": \"r1\", \"weight\": {text} }}]")).Regularizers[0].Weight

    Assert.That(weight "5", Is.EqualTo(Schedule.Constant 5.0))
    Assert.That(weight """{ "shape": "constant", "from": 5 }""", Is.EqualTo(Schedule.Constant 5.0))

    Assert.That(
        weight """{ "shape": "cosine", "from": 5, "to": 1, "start": 0.5 }""",
        Is.EqualTo(schedule ScheduleShape.Cosine 5.0 1.0 0.5 1.0)
    )

[<TestCase("{ \"shape\": \"linear\", \"from\": 1 }", "regularizers[0].weight.to: is missing")>]
[<TestCase("{ \"shape\": \"linear\", \"from\": 1, \"to\": 2, \"start\": 0.5, \"end\": 0.5 }",
           "regularizers[0].weight.end: must be above 'start' (0.5), but is 0.5")>]
[<TestCase("{ \"from\": 1, \"to\": 2 }", "regularizers[0].weight.to: a constant schedule has no 'to'")>]
[<TestCase("{ \"shape\": \"liner\", \"from\": 1, \"to\": 2 }",
           "regularizers[0].weight.shape: must be one of constant, linear, cosine, but is the text \"liner\"; did you mean 'linear'?")>]
[<TestCase("[1, 2]", "regularizers[0].weight: must be a number or a schedule (an object with shape, from and to), but is a list")>]
let ``a schedule that makes no sense is refused`` (text: string) (expected: string) =
    let recipe =
        Sample.minimalWith $"\"regularizers\": [{{ \"name\": \"r1\", \"weight\": {text} }}]"

    Assert.That(Sample.messagesOf (fun () -> Sample.read recipe), Has.Member $"recipe.json: {expected}")
