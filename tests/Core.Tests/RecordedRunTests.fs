/// The histories of real runs, as they were written once, are still read as they were then. How they were made stands in Runs/README.md.
module PluginGan.Core.Tests.RecordedRunTests

open System
open System.IO
open NUnit.Framework
open PluginGan.Core

let private lines name =
    Path.Combine(TestContext.CurrentContext.TestDirectory, "Runs", $"{name}.jsonl")
    |> File.ReadAllLines

let private summary name =
    RunHistory.Fold(RunEvents.ParseLines(lines name))

let private logs (summary: RunSummary) =
    [ for entry in summary.ScalarHistory -> entry.Iteration ]

let private scores (summary: RunSummary) =
    [
        for entry in summary.Scores -> entry.Iteration, entry.Values["high-quality"], entry.Values["modes"], entry.Values["mode-kl"]
    ]

let private time text = Nullable(DateTimeOffset.Parse text)

[<TestCase("finished", 13)>]
[<TestCase("resumed", 23)>]
[<TestCase("rolled-back", 23)>]
let ``every line is read, and written again byte for byte`` (name: string) (count: int) =
    let lines = lines name
    Assert.That(lines, Has.Length.EqualTo count)
    Assert.That(RunEvents.Unread lines, Is.Null)
    Assert.That([ for event in RunEvents.ParseLines lines -> RunEvents.ToJsonLine event ], Sample.equal (List.ofArray lines))

[<Test>]
let ``a run that went to its end`` () =
    let run = summary "finished"
    Assert.That(run.Status, Is.EqualTo RunStatus.Finished)
    Assert.That(run.Started, Is.EqualTo(time "2026-11-30T20:13:21.1375686Z"))
    Assert.That(run.LastEvent, Is.EqualTo(time "2026-11-30T20:13:21.9168229Z"))
    Assert.That(run.Iteration, Is.EqualTo 40L)
    Assert.That(run.Checkpoint, Is.EqualTo(Nullable 40L))
    Assert.That(logs run, Sample.equal [ 10L; 20L; 30L; 40L ])
    Assert.That(run.ScalarHistory[0].Values["d/loss"], Is.EqualTo 1.4380294322967528)
    Assert.That(run.Scalars, Sample.equal run.ScalarHistory[3].Values)

    Assert.That(
        scores run,
        Sample.equal
            [
                1L, 0.0, 0.0, 1.410344413662386
                20L, 0.0, 0.0, 1.3921995262098823
                40L, 0.0, 0.0, 1.2410107041106624
            ]
    )

    Assert.That(run.Warnings, Is.Empty)
    Assert.That(run.Diagnoses, Is.Empty)
    Assert.That(run.RollBacks, Is.Empty)

[<Test>]
let ``a run that was interrupted and resumed from the checkpoint before a damaged one`` () =
    let run = summary "resumed"
    Assert.That(run.Status, Is.EqualTo RunStatus.Finished)
    Assert.That(run.Started, Is.EqualTo(time "2026-11-30T20:14:10.393881Z"))
    Assert.That(run.LastEvent, Is.EqualTo(time "2026-11-30T20:14:19.2937701Z"))
    Assert.That(run.Iteration, Is.EqualTo 6000L)
    Assert.That(run.Checkpoint, Is.EqualTo(Nullable 6000L))
    Assert.That(logs run, Sample.equal [ for thousands in 1L .. 6L -> 1000L * thousands ])
    Assert.That(run.Scalars["d/loss"], Is.EqualTo 1.3637926751375198)

    Assert.That(
        scores run,
        Sample.equal
            [
                60L, 0.0, 0.0, 1.2451653626595447
                3000L, 0.0, 0.0, 0.6005810437133301
                6000L, 0.01, 2.0, 0.06322699372653592
            ]
    )

    Assert.That(
        [ for warning in run.Warnings -> warning.Iteration, warning.Text ],
        Sample.equal
            [
                2000L,
                "checkpoint 0002045 is damaged (SHA256SUMS does not hold the SHA-256 of state.json and state.safetensors); using the one before it"
                2000L, "kept under another name: 0002045.unread"
            ]
    )

[<Test>]
let ``a run that diverged, went back once and ended`` () =
    let run = summary "rolled-back"
    Assert.That(run.Status, Is.EqualTo RunStatus.Failed)
    Assert.That(run.Started, Is.EqualTo(time "2026-11-30T20:14:33.7308771Z"))
    Assert.That(run.LastEvent, Is.EqualTo(time "2026-11-30T20:14:34.4052604Z"))
    Assert.That(run.Iteration, Is.EqualTo 36L)
    Assert.That(run.Checkpoint, Is.EqualTo(Nullable 24L))
    Assert.That(logs run, Sample.equal [ for threes in 1L .. 12L -> 3L * threes ], "what was taken back counts no more")
    Assert.That(run.ScalarHistory[11].Values["d/diversity"], Is.EqualTo 10383.827636932334)

    for entry in run.Diagnoses do
        Assert.That(entry.Iteration, Is.EqualTo 36L)

    for entry in run.RollBacks do
        Assert.That(entry.Iteration, Is.EqualTo 24L)

    let diagnoses =
        [
            for entry in Seq.append run.Diagnoses run.RollBacks -> entry.Diagnosis
        ]

    Assert.That((run.Diagnoses.Count, run.RollBacks.Count), Is.EqualTo((1, 1)))
    Assert.That([ for one in diagnoses -> one.Rule ], Sample.equal [ HealthRule.Divergence; HealthRule.Divergence ])
    Assert.That([ for one in diagnoses -> one.Policy ], Sample.equal [ HealthPolicy.RollBack; HealthPolicy.RollBack ])

    Assert.That(
        [ for one in diagnoses -> one.Evidence ],
        Sample.equal
            [
                "d/loss is 1.22E+03, where a discriminator that gives all samples the same verdict pays about 1."
                "d/loss is 2.19E+05, where a discriminator that gives all samples the same verdict pays about 1."
            ]
    )

    for one in diagnoses do
        Assert.That([ for factor in one.RateFactors -> factor.Key, factor.Value ], Sample.equal [ "discriminator", 0.3; "generator", 0.3 ])
