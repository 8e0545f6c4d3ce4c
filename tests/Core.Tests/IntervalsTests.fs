module PluginGan.Core.Tests.IntervalsTests

open System
open NUnit.Framework
open FsCheck.NUnit
open PluginGan.Core

[<Test>]
let ``an interval reaches 1.96 standard deviations of the halves around the score`` () =
    // Mean 12, and the squares of the deviations add up to 20 over four degrees of freedom.
    match Intervals.OfHalves(11.0, [ 9.0; 11.0; 12.0; 13.0; 15.0 ]) with
    | null -> Assert.Fail "there is an interval"
    | interval ->
        Assert.That(interval.Low, Is.EqualTo(11.0 - 1.96 * sqrt 5.0).Within 1e-12)
        Assert.That(interval.High, Is.EqualTo(11.0 + 1.96 * sqrt 5.0).Within 1e-12)

[<Property>]
let ``a bias that all halves share changes no interval`` (halves: int list) (bias: int) =
    let shifted by =
        Intervals.OfHalves(0.0, [ for half in halves -> float half + float by ])

    match shifted 0, shifted bias with
    | null, null -> halves.Length < 2
    | NonNull one, NonNull other -> abs (one.Low - other.Low) <= 1e-6 * (1.0 + abs one.Low + abs (float bias))
    | _ -> false

[<Test>]
let ``there is no interval without two halves or with values that are not finite`` () =
    Assert.That(Intervals.OfHalves(1.0, []), Is.Null)
    Assert.That(Intervals.OfHalves(1.0, [ 1.0 ]), Is.Null)
    Assert.That(Intervals.OfHalves(1.0, [ 1.0; nan; 2.0 ]), Is.Null)
    Assert.That(Intervals.OfHalves(Double.PositiveInfinity, [ 1.0; 2.0 ]), Is.Null)
