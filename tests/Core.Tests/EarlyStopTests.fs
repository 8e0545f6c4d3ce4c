module PluginGan.Core.Tests.EarlyStopTests

open System
open NUnit.Framework
open FsCheck.NUnit
open PluginGan
open PluginGan.Core

let private metrics =
    [
        MetricInfo("fid", "The distance.", MetricDirection.Lower)
        MetricInfo("coverage", "The share.", MetricDirection.Higher)
        MetricInfo("similarity", "As of real ones.", MetricDirection.NearReference)
        MetricInfo("similarity-real", "Of real ones.", MetricDirection.None)
    ]

let private training patience metric =
    let recipe =
        Sample.compose (
            Sample.training $"\"iterations\": 1000, \"evaluateEvery\": 10, \"keepBest\": \"{metric}\", \"patience\": {patience}"
        )

    recipe.Training

let private scores metric (values: float list) : ScoreEntry list =
    values
    |> List.mapi (fun index value ->
        {
            Iteration = int64 (10 * (index + 1))
            Values = Map [ metric, value; "other", 0.0 ]
        })

let private reason patience metric values =
    EarlyStop.Reason(training patience metric, scores metric values, metrics)

[<Test>]
let ``a run ends when its metric has not become better in so many evaluations`` () =
    Assert.That(reason 3 "fid" [ 9.0; 5.0; 6.0; 7.0 ], Is.Null)

    Assert.That(
        reason 3 "fid" [ 9.0; 5.0; 6.0; 7.0; 5.0 ],
        Is.EqualTo "fid has not become better than 5, that of iteration 20, in 3 evaluations (training.patience)"
    )

[<Test>]
let ``what is better depends on the metric, and a value that is not finite is not`` () =
    Assert.That(reason 2 "coverage" [ 0.1; 0.2; 0.3 ], Is.Null)
    Assert.That(reason 2 "coverage" [ 0.3; nan; 0.2 ], Is.Not.Null)
    Assert.That(reason 2 "fid" [ nan; nan ], Is.EqualTo "fid has had no finite value in 2 evaluations (training.patience)")
    Assert.That(reason 2 "fid" [ nan; 1.0; 2.0 ], Is.Null)

[<Test>]
let ``the best of a run is the first evaluation that none is better than`` () =
    let best metric values =
        EarlyStop.Best(training 9 metric, scores metric values, metrics)

    Assert.That(best "fid" [ 9.0; 5.0; nan; 5.0; 6.0 ], Is.EqualTo(Nullable 20L))
    Assert.That(best "coverage" [ 0.1; 0.4; 0.2 ], Is.EqualTo(Nullable 20L))
    Assert.That(best "coverage" [ 0.4; 0.4; 0.2; 0.4 ], Is.EqualTo(Nullable 10L), "a tie keeps the first")
    Assert.That(best "fid" [ nan ], Is.EqualTo(Nullable<int64>()))

[<TestCase("similarity")>]
[<TestCase("similarity-real")>]
let ``a metric of which neither higher nor lower values are better ends nothing, keeps nothing and is refused`` (metric: string) =
    let flat = scores metric [ 1.0; 1.0; 1.0 ]
    Assert.That(EarlyStop.Best(training 1 metric, flat, metrics), Is.EqualTo(Nullable<int64>()))
    Assert.That(EarlyStop.Reason(training 1 metric, flat, metrics), Is.Null)

    Assert.That(
        EarlyStop.Refusal(training 1 metric, metrics),
        Is.EqualTo $"neither a higher nor a lower '{metric}' is better, so no model is the best by it; set it to one of fid, coverage"
    )

[<Test>]
let ``a metric to keep the best by must be measured`` () =
    Assert.That(EarlyStop.Refusal(training 1 "fid", metrics), Is.Null)
    Assert.That(EarlyStop.Refusal(training 1 "fid", []), Is.EqualTo "needs evaluators that measure it")

    Assert.That(EarlyStop.Refusal(training 1 "beauty", metrics[..0]), Is.EqualTo "there is no metric 'beauty'; the evaluators measure fid")

    Assert.That(EarlyStop.Refusal((Sample.compose (Sample.training "\"iterations\": 9")).Training, metrics), Is.Null)

[<Property>]
let ``a run that gets better each time never ends early, and one that gets no better ends at its patience`` (values: float32 list) =
    let rising =
        values
        |> List.filter Single.IsFinite
        |> List.distinct
        |> List.sort
        |> List.map float

    isNull (reason 1 "coverage" rising)
    && (rising.Length < 2 || not (isNull (reason (rising.Length - 1) "fid" rising)))
    && (rising.Length < 2 || isNull (reason rising.Length "fid" rising))

[<Test>]
let ``without patience, or with a metric that nothing measures, a run ends at its end`` () =
    let flat = scores "fid" [ 1.0; 1.0; 1.0; 1.0 ]

    let impatient =
        (Sample.compose (Sample.training "\"iterations\": 9, \"keepBest\": \"fid\"")).Training

    Assert.That(EarlyStop.Reason(impatient, flat, metrics), Is.Null)
    Assert.That(EarlyStop.Reason(training 1 "fid", flat, []), Is.Null)

[<TestCase("\"patience\": 2, \"evaluateEvery\": 5", "training.patience: needs the metric that keepBest names")>]
[<TestCase("\"patience\": 2, \"keepBest\": \"fid\"", "training.patience: needs evaluations in the course of the run")>]
[<TestCase("\"patience\": 0, \"keepBest\": \"fid\", \"evaluateEvery\": 5", "training.patience: must be at least 1")>]
let ``patience that cannot work is refused with what it needs`` (keys: string, message: string) =
    match Sample.messagesOf (fun () -> Sample.compose (Sample.training $"\"iterations\": 10, {keys}")) with
    | [ only ] -> Assert.That(only, Does.Contain message)
    | messages -> Assert.Fail $"expected one error, but got {messages}"
