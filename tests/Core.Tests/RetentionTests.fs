module PluginGan.Core.Tests.RetentionTests

open System
open NUnit.Framework
open FsCheck
open FsCheck.FSharp
open FsCheck.NUnit
open PluginGan
open PluginGan.Core

let private metrics =
    [
        MetricInfo("fid", "The distance.", MetricDirection.Lower)
        MetricInfo("coverage", "The share.", MetricDirection.Higher)
    ]

let private score metric iteration value : ScoreEntry =
    {
        Iteration = iteration
        Values = Map [ metric, value ]
    }

let private latest = RetentionSettings.OfLatest 2

let private keep settings checkpoints scores =
    Retention.Keep(settings, 100, checkpoints, scores, metrics) |> List.ofSeq

[<Test>]
let ``the latest are kept, in whatever order they come`` () =
    Assert.That(keep latest [ 30L; 10L; 20L ] [], Sample.equal [ 20L; 30L ])
    Assert.That(keep latest [ 10L ] [], Sample.equal [ 10L ])

[<TestCase("fid", 10L)>]
[<TestCase("coverage", 30L)>]
let ``the best is kept, be it the lowest or the highest`` (metric: string, expected: int64) =
    let scores =
        [
            score metric 10L 1.0
            score metric 20L 2.0
            score metric 30L 3.0
            score metric 35L 0.0
            score metric 38L 9.0
        ]

    let settings = { latest with Best = metric }

    Assert.That(keep settings [ 10L; 20L; 30L; 40L; 50L ] scores, Sample.equal [ expected; 40L; 50L ])

[<Test>]
let ``a score that is no number is not the best, of equal ones the first is, and a later measurement replaces an earlier one`` () =
    let scores =
        [
            score "fid" 10L 0.5
            score "fid" 10L 9.0
            score "fid" 20L nan
            score "fid" 30L 2.0
            score "fid" 40L 2.0
        ]

    Assert.That(keep { latest with Latest = 1; Best = "fid" } [ 10L; 20L; 30L; 40L; 50L ] scores, Sample.equal [ 30L; 50L ])

    let rising =
        [ score "coverage" 10L 0.2; score "coverage" 20L 0.9; score "coverage" 30L 0.9 ]

    Assert.That(
        keep
            { latest with
                Latest = 1
                Best = "coverage"
            }
            [ 10L; 20L; 30L; 40L ]
            rising,
        Sample.equal [ 20L; 40L ]
    )

[<Test>]
let ``a metric that nobody knows, or nobody has measured, keeps nothing`` () =
    Assert.That(keep { latest with Best = "beauty" } [ 10L; 20L; 30L ] [ score "beauty" 10L 1.0 ], Sample.equal [ 20L; 30L ])
    Assert.That(keep { latest with Best = "fid" } [ 10L; 20L; 30L ] [ score "coverage" 10L 1.0 ], Sample.equal [ 20L; 30L ])

[<Test>]
let ``the first after each so many kimg is kept`` () =
    let settings =
        { latest with
            Latest = 1
            EveryKimg = Nullable 0.1
        }

    // A batch of 100: an iteration is 0.1 kimg, so that each is a milestone, rounding or not.
    Assert.That(keep settings [ 1L .. 12L ] [], Sample.equal [ 1L .. 12L ])

    Assert.That(
        keep
            { settings with
                EveryKimg = Nullable 2.0
            }
            [ 7L; 14L; 21L; 28L; 42L; 49L; 63L ]
            [],
        Sample.equal [ 21L; 42L; 63L ]
    )

/// What a run keeps that deletes after each checkpoint.
let private keptAlong settings (scores: ScoreEntry list) checkpoints =
    let next (kept: int64 list) iteration =
        keep settings (kept @ [ iteration ]) (scores |> List.filter (fun entry -> entry.Iteration <= iteration))

    List.fold next [] checkpoints

[<Property>]
let ``to delete after each checkpoint keeps the same as to decide at the end``
    (values: NormalFloat list)
    (count: PositiveInt)
    (every: PositiveInt)
    =
    let checkpoints = [ for index in 1 .. values.Length -> int64 index * 10L ]

    let scores =
        List.map2 (fun iteration (value: NormalFloat) -> score "fid" iteration value.Get) checkpoints values

    let settings =
        {
            Latest = count.Get
            Best = "fid"
            EveryKimg = Nullable(float every.Get)
        }

    keptAlong settings scores checkpoints = keep settings checkpoints scores
