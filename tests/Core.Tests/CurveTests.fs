module PluginGan.Core.Tests.CurveTests

open System
open System.Collections.Generic
open NUnit.Framework
open FsCheck
open FsCheck.FSharp
open FsCheck.NUnit
open PluginGan.Core

let private nullable value =
    match value with
    | Some value -> Nullable<float> value
    | None -> Nullable()

let private extremes (curve: float option list) buckets =
    Downsampling.Extremes(List.map nullable curve |> Array.ofList, buckets)
    |> List.ofSeq

let private finite positions (curve: float option list) =
    positions
    |> List.choose (fun position -> curve[position])
    |> List.filter Double.IsFinite

/// Long enough to be thinned out, with holes, NaN and infinities.
type Curves =
    static member Curve() =
        let value =
            Gen.frequency
                [
                    20,
                    ArbMap.defaults
                    |> ArbMap.generate<NormalFloat>
                    |> Gen.map (fun value -> Some value.Get)
                    2, Gen.elements [ Some nan; Some infinity; Some -infinity ]
                    2, Gen.constant None
                ]

        Gen.choose (0, 400)
        |> Gen.bind (fun length -> Gen.listOfLength length value)
        |> Arb.fromGen

let private buckets (seed: PositiveInt) = 1 + seed.Get % 60

[<Property(Arbitrary = [| typeof<Curves> |])>]
let ``no extreme of a curve is lost`` (curve: float option list) (seed: PositiveInt) =
    let kept = finite (extremes curve (buckets seed)) curve
    let all = finite [ 0 .. curve.Length - 1 ] curve
    all.IsEmpty || (List.min kept = List.min all && List.max kept = List.max all)

[<Property(Arbitrary = [| typeof<Curves> |])>]
let ``nor one of a bucket`` (curve: float option list) (seed: PositiveInt) =
    let buckets = buckets seed
    let kept = set (extremes curve buckets)

    List.forall
        (fun bucket ->
            let places =
                [ bucket * curve.Length / buckets .. (bucket + 1) * curve.Length / buckets - 1 ]

            let all = finite places curve
            let seen = finite (places |> List.filter kept.Contains) curve

            all.IsEmpty
            || (List.min seen = List.min all && List.max seen = List.max all)
               && (List.exists (fun place -> curve[place].IsSome && not (Double.IsFinite curve[place].Value)) places
                   |> not
                   || places
                      |> List.exists (fun place ->
                          kept.Contains place
                          && curve[place].IsSome
                          && not (Double.IsFinite curve[place].Value))))
        [ 0 .. buckets - 1 ]

[<Property(Arbitrary = [| typeof<Curves> |])>]
let ``positions ascend, are few, and hold the first and the last`` (curve: float option list) (seed: PositiveInt) =
    let buckets = buckets seed
    let kept = extremes curve buckets

    kept = List.sort (List.distinct kept)
    && kept.Length <= 3 * buckets + 2
    && (curve.IsEmpty || (List.head kept = 0 && List.last kept = curve.Length - 1))

[<Property(Arbitrary = [| typeof<Curves> |])>]
let ``a short curve is kept whole`` (curve: float option list) =
    extremes curve (max 1 curve.Length) = [ 0 .. curve.Length - 1 ]

[<Test>]
let ``a single spike among a hundred thousand values is drawn`` () =
    let curve =
        Array.init 100_000 (fun position -> Nullable(if position = 54_321 then 9.0 else sin (float position)))

    let kept = Downsampling.Extremes(curve, 400)
    Assert.That(kept, Does.Contain 54_321)
    Assert.That(kept.Count, Is.LessThan 1000)

[<Property>]
let ``an even choice is as large as allowed and keeps both ends`` (count: NonNegativeInt) (most: PositiveInt) =
    let chosen = Downsampling.Evenly(count.Get, most.Get) |> List.ofSeq
    let gaps = List.pairwise chosen |> List.map (fun (one, next) -> next - one)

    chosen.Length = min count.Get most.Get
    && chosen = List.sort (List.distinct chosen)
    && (chosen.IsEmpty || List.last chosen = count.Get - 1)
    && (chosen.Length < 2
        || (List.head chosen = 0 && List.max gaps - List.min gaps <= 1))

[<Test>]
let ``no bucket and no choice at all are refused`` () =
    Assert.Throws<ArgumentOutOfRangeException>(fun () -> Downsampling.Extremes([||], 0) |> ignore)
    |> ignore

    Assert.Throws<ArgumentOutOfRangeException>(fun () -> Downsampling.Evenly(3, 0) |> ignore)
    |> ignore

let private entry iteration (values: (string * float) list) : ScalarEntry =
    {
        Iteration = iteration
        Values = Map values
    }

[<Test>]
let ``scalars of one meaning stand together whatever their phase, and each stands once`` () =
    let names =
        [
            "g/loss"
            "d/loss"
            "d/r1"
            "d/real"
            "d/fake"
            "d/separation"
            "d/spread"
            "d/diversity"
            "gradient/generator"
            "weights/generator"
            "masked/generator"
            "temperature"
        ]

    let groups =
        PluginGan.Core.Curves.Of([| entry 1L [ for name in names -> name, 1.0 ] |], 10)

    let found =
        [
            for group in groups -> group.Title, [ for curve in group.Curves -> curve.Name ]
        ]

    let expected =
        [
            "Losses", [ "d/loss"; "g/loss" ]
            "Verdicts", [ "d/fake"; "d/real" ]
            "Separation", [ "d/separation" ]
            "Diversity", [ "d/diversity"; "d/spread" ]
            "Gradient norms", [ "gradient/generator" ]
            "Weight norms", [ "weights/generator" ]
            "Masked updates", [ "masked/generator" ]
            "Terms of the losses", [ "d/r1" ]
            "Other scalars", [ "temperature" ]
        ]

    Assert.That(found, Sample.equal expected)

[<Test>]
let ``a scalar that was not measured is told from one that is not finite`` () =
    let group =
        PluginGan.Core.Curves.Of(
            [|
                entry 1L [ "d/loss", nan ]
                entry 2L [ "g/loss", 2.0 ]
                entry 3L [ "masked/d", 0.0 ]
            |],
            10
        )
        |> Seq.head

    let values name =
        group.Curves
        |> Seq.find (fun curve -> curve.Name = name)
        |> _.Values
        |> Seq.map Option.ofNullable
        |> List.ofSeq

    Assert.That(List.ofSeq group.Iterations, Sample.equal [ 1L; 2L ])
    Assert.That(values "d/loss", Sample.equal [ Some nan; None ])
    Assert.That(values "g/loss", Sample.equal [ None; Some 2.0 ])

[<Test>]
let ``curves of a group are thinned out together and keep the spikes of each`` () =
    let history =
        [|
            for position in 0..9_999 ->
                entry
                    (int64 position)
                    [
                        "d/loss", (if position = 1_234 then 50.0 else 1.0)
                        "g/loss", (if position = 8_765 then -50.0 else 1.0)
                    ]
        |]

    let group = PluginGan.Core.Curves.Of(history, 100) |> Seq.exactlyOne

    let curve =
        [ for curve in group.Curves -> [ for value in curve.Values -> value.Value ] ]

    Assert.That(group.Iterations.Count, Is.LessThan 700)
    Assert.That([ for values in curve -> values.Length ], Is.All.EqualTo group.Iterations.Count)
    Assert.That(group.Iterations, Does.Contain(1_234L).And.Contain(8_765L))
    Assert.That(List.max curve[0], Is.EqualTo 50.0)
    Assert.That(List.min curve[1], Is.EqualTo -50.0)

let private event kind (iteration: int64) (second: float) : RunEvent =
    {
        Kind = kind
        Time = DateTimeOffset(2026, 11, 24, 0, 0, 0, TimeSpan.Zero).AddSeconds second
        Iteration = iteration
        Values = Dictionary()
        Text = ""
        Diagnosis = null
    }

[<Test>]
let ``the timeline tells what was taken back, and leaves out what the curves show`` () =
    let moments =
        RunTimeline.Of
            [
                event RunEventKind.Started 0L 0.0
                event RunEventKind.Scalars 10L 1.0
                event RunEventKind.Warning 20L 2.0
                event RunEventKind.Diagnosis 40L 4.0
                event RunEventKind.RolledBack 30L 5.0
                event RunEventKind.Warning 35L 6.0
                event RunEventKind.Resumed 34L 8.0
                event RunEventKind.Finished 50L 9.0
            ]

    let expected =
        [
            RunEventKind.Started, false
            RunEventKind.Warning, false
            RunEventKind.Diagnosis, true
            RunEventKind.RolledBack, false
            RunEventKind.Warning, true
            RunEventKind.Resumed, false
            RunEventKind.Finished, false
        ]

    Assert.That([ for moment in moments -> moment.Event.Kind, moment.TakenBack ], Sample.equal expected)

[<Test>]
let ``a pause is no time spent`` () =
    let spent =
        RunTimeline.TimeSpent
            [
                event RunEventKind.Started 0L 0.0
                event RunEventKind.Interrupted 10L 60.0
                event RunEventKind.Resumed 10L 5_000.0
                event RunEventKind.Finished 20L 5_030.0
            ]

    Assert.That(spent, Is.EqualTo(TimeSpan.FromSeconds 90.0))
    Assert.That(RunTimeline.TimeSpent [], Is.EqualTo TimeSpan.Zero)
