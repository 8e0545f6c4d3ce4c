module PluginGan.Core.Tests.RecipeChangesTests

open NUnit.Framework
open PluginGan.Core

let private was =
    Sample.compose
        """{
  "name": "digits",
  "seed": 7,
  "dataset": { "name": "mnist" },
  "architecture": { "name": "dcgan", "width": 32 },
  "loss": { "name": "hinge", "margin": 1 },
  "regularizers": [ { "name": "r1", "weight": 10, "smoothing": 0.1 } ],
  "training": { "iterations": 1000, "optimizers": { "default": { "name": "adam", "rate": 2e-4 } } },
  "evaluators": [ "fid" ]
}"""

let private after overrides =
    Recipes.Read("recipe.json", overrides, (fun _ -> Recipes.ToJson was))

let private changes (overrides: string list) =
    [
        for change in RecipeChanges.Between(was, after overrides, 400L) -> string change, change.Kind
    ]

let private only text kind = Sample.equal [ text, kind ]

[<Test>]
let ``a recipe differs in nothing from itself, however its numbers are spelt`` () =
    Assert.That(changes [], Is.Empty)

    Assert.That(
        changes
            [
                "architecture.width=32.0"
                "training.optimizers.default.rate=0.0002"
                "regularizers[0].smoothing=1e-1"
            ],
        Is.Empty
    )

[<TestCase("training.iterations=2000", "training.iterations: was 1000, is 2000")>]
[<TestCase("training.iterations=400", "training.iterations: was 1000, is 400")>]
[<TestCase("training.logEvery=5", "training.logEvery: was 50, is 5")>]
[<TestCase("training.keepCheckpoints=9", "training.keepCheckpoints: was 3, is 9")>]
[<TestCase("training.keepBest=fid", "training.keepBest: was not given, is \"fid\"")>]
[<TestCase("evaluators[0].extractor=vgg", "evaluators[0].extractor: was \"lenet\", is \"vgg\"")>]
[<TestCase("training.keepEveryKimg=2", "training.keepEveryKimg: was not given, is 2")>]
[<TestCase("training.snapshotEvery=7", "training.snapshotEvery: was 500, is 7")>]
[<TestCase("training.checkpointEvery=7", "training.checkpointEvery: was 1000, is 7")>]
[<TestCase("training.evaluateEvery=7", "training.evaluateEvery: was 0, is 7")>]
[<TestCase("training.data=streamed", "training.data: was \"auto\", is \"streamed\"")>]
[<TestCase("training.health.collapse=stop", "training.health.collapse: was \"warn\", is \"stop\"")>]
[<TestCase("evaluation.samples=9", "evaluation.samples: was 2000, is 9")>]
[<TestCase("name=other", "name: was \"digits\", is \"other\"")>]
let ``what leaves alone what was learned is harmless`` (change: string, text: string) =
    Assert.That(changes [ change ], only text RecipeChangeKind.Harmless)

[<Test>]
let ``patience, with what it needs, is harmless`` () =
    let kinds =
        changes [ "training.keepBest=fid"; "training.evaluateEvery=5"; "training.patience=3" ]
        |> List.map snd

    Assert.That(kinds, Sample.equal (List.replicate 3 RecipeChangeKind.Harmless))

[<Test>]
let ``what a list has more or less is a change of its own`` () =
    let more =
        changes
            [
                "regularizers=[{\"name\":\"r1\",\"weight\":10,\"smoothing\":0.1},\"r1\"]"
                "evaluators=[{\"name\":\"fid\",\"extractor\":\"lenet\"},\"reconstruction\"]"
            ]

    Assert.That(
        [ for text, kind in more -> text.Split(':')[0], kind ],
        Sample.equal
            [
                "regularizers[1]", RecipeChangeKind.Doubtful
                "evaluators[1]", RecipeChangeKind.Harmless
            ]
    )

    Assert.That(
        [ for text, kind in changes [ "evaluators=[]" ] -> text.Split(':')[0], kind ],
        Sample.equal [ "evaluators[0]", RecipeChangeKind.Harmless ]
    )

[<TestCase("training.optimizers.default.rate=1e-4", "training.optimizers.default.rate: was 0.0002, is 0.0001")>]
[<TestCase("loss.margin=2", "loss.margin: was 1, is 2")>]
[<TestCase("loss=wasserstein", "loss.name: was \"hinge\", is \"wasserstein\"")>]
[<TestCase("regularizers[0].weight=5", "regularizers[0].weight: was 10, is 5")>]
[<TestCase("regularizers[0].smoothing=0", "regularizers[0].smoothing: was 0.1, is 0")>]
[<TestCase("dataset.split=test", "dataset.split: was \"train\", is \"test\"")>]
[<TestCase("architecture.width=64", "architecture.width: was 32, is 64")>]
[<TestCase("training.accumulate=2", "training.accumulate: was 1, is 2")>]
let ``what changes how training goes on is doubtful`` (change: string, text: string) =
    Assert.That(changes [ change ], only text RecipeChangeKind.Doubtful)

[<TestCase("seed=8", "seed: was 7, is 8")>]
[<TestCase("training.batch=32", "training.batch: was 64, is 32")>]
[<TestCase("training.pack=2", "training.pack: was 1, is 2")>]
[<TestCase("architecture=vae", "architecture.name: was \"dcgan\", is \"vae\"")>]
[<TestCase("training.optimizers.default=sgd", "training.optimizers.default.name: was \"adam\", is \"sgd\"")>]
[<TestCase("training.iterations=399", "training.iterations: was 1000, is 399")>]
let ``what makes it another run is impossible`` (change: string, text: string) =
    Assert.That(changes [ change ], only text RecipeChangeKind.Impossible)

[<Test>]
let ``an objective in place of a loss is impossible, its options are doubtful`` () =
    let game name =
        Sample.read (Sample.minimal.Replace("\"loss\": \"hinge\"", $"\"objective\": {name}"))

    let kinds (was: Recipe) (now: Recipe) =
        [
            for change in RecipeChanges.Between(was, now, 0L) -> change.Path, change.Kind
        ]

    let infogan = game """{ "name": "infogan", "codes": 3 }"""

    Assert.That(kinds (Sample.read Sample.minimal) infogan, Does.Contain(box ("objective", RecipeChangeKind.Impossible)))
    Assert.That(kinds infogan (Sample.read Sample.minimal), Does.Contain(box ("objective", RecipeChangeKind.Impossible)))
    Assert.That(kinds infogan (game "\"elbo\""), Sample.equal [ "objective.name", RecipeChangeKind.Impossible ])
    Assert.That(kinds infogan (game """{ "name": "infogan", "codes": 4 }"""), Sample.equal [ "objective.codes", RecipeChangeKind.Doubtful ])

[<Test>]
let ``all differences are listed in the order of the recipe's keys`` () =
    let paths =
        changes [ "training.batch=32"; "seed=8"; "regularizers=[]" ]
        |> List.map (fun (text, _) -> text.Split(':')[0])

    Assert.That(paths, Sample.equal [ "seed"; "regularizers[0]"; "training.batch" ])
