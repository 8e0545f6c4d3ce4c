/// The rules of health exactly at their limits, and between a limit and the point where what was wrong counts as over.
module PluginGan.Core.Tests.HealthLimitTests

open NUnit.Framework
open PluginGan.Core

type private Changes = (string * float) list

/// How often the rule is told in a run with these entries.
let private told rule (entries: Changes list) =
    HealthTests.found (HealthTests.history entries)
    |> List.filter (fun (_, diagnosis) -> diagnosis.Rule = rule)
    |> List.length

let private lasting (changes: Changes) : Changes list = List.replicate 12 changes

/// <param name="rule">The rule.</param>
/// <param name="before">How the run begins.</param>
/// <param name="ill">Just beyond the limit.</param>
/// <param name="limit">At the limit, which is not ill yet.</param>
/// <param name="band">At the end of the band, where what was ill still is.</param>
/// <param name="over">Just outside of the band.</param>
let private holds rule (before: Changes list) (ill: Changes) (limit: Changes) (band: Changes) (over: Changes) =
    Assert.That(told rule (before @ lasting ill), Is.EqualTo 1, "beyond the limit")
    Assert.That(told rule (before @ lasting limit), Is.Zero, "at the limit")
    Assert.That(told rule (before @ lasting ill @ lasting band @ lasting ill), Is.EqualTo 1, "it is not over within the band")
    Assert.That(told rule (before @ lasting ill @ lasting over @ lasting ill), Is.EqualTo 2, "it is over outside of the band")
    Assert.That(told rule (before @ lasting band), Is.Zero, "what was well stays well within the band")

let private start = HealthTests.balanced 10

[<Test>]
let ``more than a tenth of the steps masked is ill until fewer than a fiftieth are`` () =
    let masked share : Changes = [ "masked/generator", share ]
    holds HealthRule.NonFinite start (masked 0.101) (masked 0.1) (masked 0.02) (masked 0.0199)

[<Test>]
let ``a gradient diverges beyond a thousand times its beginning, until it is below half of that`` () =
    let gradient norm : Changes = [ "gradient/generator", norm ]
    holds HealthRule.Divergence start (gradient 1000.1) (gradient 1000.0) (gradient 500.0) (gradient 499.9)

[<Test>]
let ``weights diverge beyond thirty times their beginning, until they are below half of that`` () =
    // They begin with 5.00 to 5.04.
    let limit = 30.0 * (5.0 + 0.01 * float 4)
    let weights norm : Changes = [ "weights/generator", norm ]
    holds HealthRule.Divergence start (weights (limit + 0.1)) (weights limit) (weights (limit / 2.0)) (weights (limit / 2.0 - 0.1))

[<Test>]
let ``a discriminator's loss diverges beyond 100, until it is below 50`` () =
    let loss value : Changes = [ "d/loss", value ]
    holds HealthRule.Divergence start (loss 100.1) (loss 100.0) (loss 50.0) (loss 49.9)

[<Test>]
let ``a discriminator's loss that was never small diverges beyond ten times its smallest`` () =
    let loss value : Changes = [ "d/loss", value ]
    let before = List.replicate 10 (loss 40.0)
    Assert.That(told HealthRule.Divergence (before @ lasting (loss 400.0)), Is.Zero)
    Assert.That(told HealthRule.Divergence (before @ lasting (loss 400.1)), Is.EqualTo 1)

[<Test>]
let ``a loss far below zero is as large as one far above it`` () =
    let loss value : Changes = [ "d/loss", value ]
    let before = List.replicate 10 (loss -500.0)
    Assert.That(told HealthRule.Divergence (before @ lasting (loss 400.0)), Is.Zero)
    Assert.That(told HealthRule.Divergence (before @ lasting (loss 5001.0)), Is.EqualTo 1)

[<Test>]
let ``a discriminator's loss diverges at once only beyond 1000, and below that after three points`` () =
    let loss value : Changes = [ "d/loss", value ]
    Assert.That(told HealthRule.Divergence (start @ [ loss 1000.0; []; [] ]), Is.Zero)
    Assert.That(told HealthRule.Divergence (start @ [ loss 1000.1; []; [] ]), Is.EqualTo 1)
    Assert.That(told HealthRule.Divergence (start @ [ loss 101.0; loss 101.0; [] ]), Is.Zero)
    Assert.That(told HealthRule.Divergence (start @ [ loss 101.0; loss 101.0; loss 101.0 ]), Is.EqualTo 1)

let private beaten separation norm : Changes =
    [ "d/separation", separation; "gradient/generator", norm ]

[<Test>]
let ``a gradient has vanished below a hundredth of its beginning, until it is above a fiftieth`` () =
    holds HealthRule.VanishingGradients start (beaten 1.0 0.0099) (beaten 1.0 0.01) (beaten 1.0 0.02) (beaten 1.0 0.0201)

[<Test>]
let ``a small gradient is ill only where the discriminator tells apart more than 95 in 100 pairs`` () =
    holds HealthRule.VanishingGradients start (beaten 0.951 0.005) (beaten 0.95 0.005) (beaten 0.951 0.015) (beaten 0.95 0.015)

[<Test>]
let ``a gradient of next to nothing is ill however small it began`` () =
    let before = List.replicate 10 (beaten 1.0 2e-6)
    Assert.That(told HealthRule.VanishingGradients (before @ lasting (beaten 1.0 1e-7)), Is.Zero)
    Assert.That(told HealthRule.VanishingGradients (before @ lasting (beaten 1.0 0.99e-7)), Is.EqualTo 1)

let private won separation loss : Changes =
    [ "d/separation", separation; "d/loss", loss ]

// The loss begins with 1.3.
let private cheap = 0.02 * 1.3

[<Test>]
let ``a discriminator dominates below a fiftieth of its first loss, until it is above twice that`` () =
    holds HealthRule.Dominance start (won 1.0 (cheap - 1e-6)) (won 1.0 cheap) (won 1.0 (2.0 * cheap)) (won 1.0 (2.0 * cheap + 1e-6))

[<Test>]
let ``a discriminator dominates from 99 in 100 pairs on, until it tells apart less than 98`` () =
    holds HealthRule.Dominance start (won 0.99 0.001) (won 0.9899 0.001) (won 0.98 0.001) (won 0.9799 0.001)

[<Test>]
let ``a loss of 0 is as cheap as can be, one below it is a critic's, and below 0.005 any is cheap`` () =
    Assert.That(told HealthRule.Dominance (start @ lasting (won 1.0 0.0)), Is.EqualTo 1)
    Assert.That(told HealthRule.Dominance (start @ lasting (won 1.0 -0.001)), Is.Zero)

    let small = List.replicate 10 (won 0.6 0.1)
    Assert.That(told HealthRule.Dominance (small @ lasting (won 1.0 0.005)), Is.Zero)
    Assert.That(told HealthRule.Dominance (small @ lasting (won 1.0 0.0049)), Is.EqualTo 1)

let private steady count share : Changes list =
    List.replicate count [ "d/separation", share ]

/// The share goes to the other of two values and back, so many times; it stood at the higher one before.
let private swinging count (low: float, high: float) : Changes list =
    [
        for index in 1..count -> [ "d/separation", (if index % 2 = 1 then low else high) ]
    ]

[<Test>]
let ``eight turns within sixty points are an oscillation, seven are none`` () =
    Assert.That(told HealthRule.Oscillation (steady 52 0.7 @ swinging 8 (0.2, 0.7)), Is.EqualTo 1)
    Assert.That(told HealthRule.Oscillation (steady 53 0.7 @ swinging 7 (0.2, 0.7)), Is.Zero)

[<Test>]
let ``a move of 0.4 is no turn, a larger one is`` () =
    let shares (pairs: (float * float) list) : Changes list =
        [
            for first, second in pairs do
                [ "d/separation", first ]
                [ "d/separation", second ]
        ]

    // Each way down is 0.4 and each way up a little more, or the other way round.
    let drifting step =
        [ for index in 1..10 -> 0.5 + step * float index ]

    let down = shares [ for high in drifting 0.01 -> high, high - 0.4 ]
    let up = shares [ for low in drifting -0.01 -> low, low + 0.4 ]
    Assert.That(told HealthRule.Oscillation (steady 50 0.5 @ down), Is.Zero)
    Assert.That(told HealthRule.Oscillation (steady 50 0.95 @ up), Is.Zero)
    Assert.That(told HealthRule.Oscillation (steady 50 0.65 @ swinging 20 (0.24, 0.65)), Is.EqualTo 1)

[<TestCase(53, 1, Description = "five turns are left when the next begin")>]
[<TestCase(54, 2, Description = "four are left")>]
let ``an oscillation is over when four turns are left within sixty points`` (calm: int) (expected: int) =
    // Nine turns end at the lower value; the next begin with the way up.
    let again = swinging 9 (0.7, 0.2)
    Assert.That(told HealthRule.Oscillation (steady 51 0.7 @ swinging 9 (0.2, 0.7) @ steady calm 0.2 @ again), Is.EqualTo expected)

let private alike value : Changes = [ "d/diversity", value ]

[<Test>]
let ``samples have collapsed below 0.15 of the real diversity, until they have more than 0.3`` () =
    holds HealthRule.Collapse start (alike 0.1499) (alike 0.15) (alike 0.3) (alike 0.3001)

[<Test>]
let ``a collapse is over only where neither the features nor the samples are alike`` () =
    let both value : Changes =
        [ "d/diversity", value; "d/spread", value ]

    let ill, well, mixed = both 0.1, both 0.9, [ "d/diversity", 0.9; "d/spread", 0.2 ]
    Assert.That(told HealthRule.Collapse (start @ lasting ill @ lasting mixed @ lasting ill), Is.EqualTo 1)
    Assert.That(told HealthRule.Collapse (start @ lasting ill @ lasting well @ lasting ill), Is.EqualTo 2)

[<Test>]
let ``a divergence is over also in a game that has no discriminator, and whatever began with zero`` () =
    let entries gradient : ScalarEntry list =
        HealthTests.history (start @ lasting [ "g/loss", 1e4 ] @ lasting [] @ lasting [ "g/loss", 1e4 ])
        |> List.map (fun entry ->
            { entry with
                Values =
                    Map
                        [
                            "gradient/frozen", gradient
                            for value in entry.Values do
                                if not (value.Key.StartsWith "d/") then
                                    value.Key, value.Value
                        ]
            })

    for gradient in [ 1.0; 0.0 ] do
        let divergences =
            HealthTests.found (entries gradient)
            |> List.filter (fun (_, diagnosis) -> diagnosis.Rule = HealthRule.Divergence)

        Assert.That(divergences.Length, Is.EqualTo 2)

/// The iterations at which a collapse is told.
let private collapses entries =
    HealthTests.found (HealthTests.history entries)
    |> List.filter (fun (_, diagnosis) -> diagnosis.Rule = HealthRule.Collapse)
    |> List.map fst

[<Test>]
let ``before iteration 1000 only what was more diverse than half of the real samples has collapsed`` () =
    let after first =
        collapses (List.replicate 5 (alike first) @ List.replicate 60 (alike 0.1))

    Assert.That(after 0.5, Sample.equal [ 1000L ])
    Assert.That(after 0.51, Sample.equal [ 300L ], "ten points after the first five")

[<Test>]
let ``samples whose diversity has more than doubled within ten points are given time`` () =
    let after last =
        collapses (start @ List.replicate 9 (alike 0.05) @ List.replicate 12 (alike last))

    Assert.That(after 0.1, Sample.equal [ 400L ], "ten points after the first ten")
    Assert.That(after 0.101, Sample.equal [ 580L ], "once the last of the lower points is forgotten")

/// The norm goes between a million and so much less.
let private moving less count : Changes list =
    [
        for index in 1..count -> [ "weights/discriminator", 1e6 - (if index % 2 = 1 then less else 0.0) ]
    ]

[<Test>]
let ``weights that move by less than a millionth stand still, until they move by more than a ten thousandth`` () =
    let stalls entries = told HealthRule.Stall entries
    let before = moving 1e5 12
    Assert.That(stalls (before @ moving 0.5 12), Is.EqualTo 1)
    Assert.That(stalls (before @ moving 1.0 12), Is.Zero, "at the limit")
    Assert.That(stalls (before @ moving 0.5 12 @ moving 99.0 12 @ moving 0.5 12), Is.EqualTo 1, "it is not over within the band")
    Assert.That(stalls (before @ moving 0.5 12 @ moving 101.0 12 @ moving 0.5 12), Is.EqualTo 2, "it is over outside of the band")
