module PluginGan.Core.Tests.HeadlineTests

open System
open NUnit.Framework
open PluginGan
open PluginGan.Core

let private score metric direction value floor : MeasuredScore =
    {
        Metric = metric
        Direction = Option.toNullable direction
        Value = value
        Floor = Option.toNullable floor
    }

let private lower name = score name (Some MetricDirection.Lower)

let private higher name =
    score name (Some MetricDirection.Higher)

let private near name =
    score name (Some MetricDirection.NearReference)

/// What a model of grey mush scores, in the order in which a recipe may name its evaluators.
let private mush =
    [
        higher "precision[lenet]" 1.0 (Some 0.9)
        higher "recall[lenet]" 0.0 (Some 0.9)
        near "density[lenet]" 6.28 (Some 1.02)
        higher "coverage[lenet]" 0.01 (Some 0.97)
        near "ms-ssim" 0.9 (Some 0.2)
        lower "kid-free" 0.4 None
        lower "fid[lenet]" 180.0 (Some 2.3)
    ]

let private metrics scores = List.ofSeq (Headline.Of scores).Metrics

[<Test>]
let ``a distance with its floor comes first, and precision beside recall`` () =
    Assert.That(metrics mush, Sample.equal [ "fid[lenet]"; "precision[lenet]"; "recall[lenet]" ])

[<Test>]
let ``precision, density and coverage alone are no headline, nor is what is not finite or has no best`` () =
    let without name =
        mush
        |> List.filter (fun score -> not (score.Metric.StartsWith(name, StringComparison.Ordinal)))

    Assert.That(metrics (without "recall" |> List.filter (fun score -> score.Metric <> "coverage[lenet]")), Sample.equal [ "fid[lenet]" ])
    Assert.That(metrics (without "fid"), Sample.equal [ "kid-free"; "precision[lenet]"; "recall[lenet]" ])
    Assert.That(metrics [ mush[0]; mush[2]; mush[4] ], Is.Empty)
    Assert.That(metrics [ lower "fid" nan (Some 1.0); higher "accuracy" 0.5 None ], Sample.equal [ "accuracy" ])
    // Precision under another extractor says nothing of this recall.
    Assert.That(metrics [ higher "precision[other]" 1.0 None; mush[1] ], Sample.equal [ "recall[lenet]" ])

[<Test>]
let ``a run whose history tells values only shows its first distance`` () =
    let old =
        [ "precision", 1.0; "fid", 5.0; "density", 3.0 ]
        |> List.map (fun (name, value) -> score name None value None)

    Assert.That(metrics old, Sample.equal [ "fid" ])

[<TestCase(6.28, 1.02, 0.0, true)>]
[<TestCase(1.54, 1.02, 0.0999, true)>]
[<TestCase(1.53, 1.02, 0.0, false)>]
[<TestCase(6.28, 1.02, 0.1, false)>]
let ``a density far above its floor is suspicious where little is recalled`` (density: float, floor: float, recall: float, expected: bool) =
    let found =
        Headline.Of
            [
                near "density[lenet]" density (Some floor)
                higher "recall[lenet]" recall None
            ]

    Assert.That(Option.ofObj found.Crowded, Sample.equal (if expected then Some "density[lenet]" else None))
    Assert.That(Option.ofObj found.Lacking, Sample.equal (if expected then Some "recall[lenet]" else None))

[<Test>]
let ``coverage stands in where recall was not measured, and 1 for the floor`` () =
    let found = Headline.Of [ near "density" 1.6 None; higher "coverage" 0.05 None ]
    Assert.That((found.Crowded, found.Lacking), Is.EqualTo(("density", "coverage")))

    Assert.That((Headline.Of [ near "density[a]" 9.0 None; higher "recall[b]" 0.0 None ]).Crowded, Is.Null)
    Assert.That((Headline.Of [ near "density" 9.0 None ]).Crowded, Is.Null)

[<Test>]
let ``scores over random projection are coarse`` () =
    Assert.That(Headline.IsCoarse "fid[random-projection]")
    Assert.That(Headline.IsCoarse "fid[lenet-fashion]", Is.False)
    Assert.That(Headline.IsCoarse "fid", Is.False)
