module PluginGan.Core.Tests.OverrideTests

open NUnit.Framework
open PluginGan
open PluginGan.Core

let private recipe =
    Sample.minimalWith "\"regularizers\": [{ \"name\": \"r1\", \"smoothing\": 2 }]"

let private overridden overrides = Sample.composeWith overrides recipe

[<Test>]
let ``an override changes one value, as JSON or as text`` () =
    let changed =
        overridden
            [
                "training.batch=128"
                "dataset.split=test"
                "regularizers[0].weight=5"
                "name=1st"
            ]

    Assert.That(changed.Training.Batch, Is.EqualTo 128)
    Assert.That(changed.Dataset.Options["split"].GetString(), Is.EqualTo "test")
    Assert.That(changed.Regularizers[0].Weight, Is.EqualTo(Schedule.Constant 5.0))
    Assert.That(changed.Name, Is.EqualTo "1st")

[<Test>]
let ``an override makes the objects on its way`` () =
    let changed = overridden [ "training.optimizers.generator.rate=1e-3" ]
    Assert.That(changed.Training.Optimizer("generator").Rate, Is.EqualTo(Schedule.Constant 1e-3))

[<Test>]
let ``an override that names another component drops the options of the first`` () =
    let text =
        Sample.minimal.Replace("\"hinge\"", "{ \"name\": \"hinge\", \"margin\": 3 }")

    for name in
        [
            "loss=wasserstein"
            "loss.name=wasserstein"
            "loss={\"name\":\"wasserstein\"}"
        ] do
        let loss = (Sample.composeWith [ name ] text).Loss |> nonNull
        Assert.That((loss.Name, loss.Options.Count), Is.EqualTo(("wasserstein", 0)))

[<Test>]
let ``a component given by its bare name can be given options`` () =
    Assert.That((Sample.composeWith [ "architecture.width=16" ] Sample.minimal).Architecture.Options["width"].GetInt32(), Is.EqualTo 16)

[<Test>]
let ``a later override wins, and a list can be given whole`` () =
    let changed = overridden [ "seed=1"; "seed=2"; "evaluators=[\"fid\"]" ]
    Assert.That(changed.Seed, Is.EqualTo 2UL)
    Assert.That(changed.Evaluators[0].Name, Is.EqualTo "fid")

[<Test>]
let ``text after the first equals sign belongs to the value`` () =
    let recipe = Sample.readFiles [ "recipe.json", Sample.minimal ] [ "name=a=b" ]
    Assert.That(recipe.Name, Is.EqualTo "a=b")

[<TestCase("training.batch", "must have the form path=value, such as training.batch=128 or regularizers[0].weight=5")>]
[<TestCase("regularizers.weight=5", "regularizers: is a list of 1, whose entries have numbers: regularizers[0], counted from 0")>]
[<TestCase("regularizers.0.weight=5", "regularizers: is a list of 1, whose entries have numbers: regularizers[0], counted from 0")>]
[<TestCase("=5", "'' is no path such as training.batch or regularizers[0].weight")>]
[<TestCase("training..batch=5", "'training..batch' is no path such as training.batch or regularizers[0].weight")>]
[<TestCase("regularizers[x]=5", "'regularizers[x]' is no path such as training.batch or regularizers[0].weight")>]
[<TestCase("regularizers[1].weight=5", "regularizers: has no entry [1]; there are 1")>]
[<TestCase("augmentations[0].strength=1", "augmentations: is not given, so it has no entry [0]")>]
[<TestCase("training[0]=1", "training: is an object, not a list")>]
[<TestCase("training.iterations.x=1", "training.iterations: is 1000, which has no 'x'")>]
[<TestCase("training.batch=0", "training.batch: must be at least 1, but is 0")>]
[<TestCase("trainin.batch=5", "trainin: unknown key 'trainin'; did you mean 'training'?")>]
[<TestCase("extends=other.json", "extends: unknown key 'extends'; ")>]
let ``an override that is wrong is named`` (text: string) (expected: string) =
    match Sample.messagesOf (fun () -> overridden [ text ]) with
    | [ message ] -> Assert.That(message, Does.StartWith $"override '{text}': {expected}")
    | messages -> Assert.Fail $"expected one error, but got {messages}"

[<Test>]
let ``overrides that cannot be applied are reported together with what is wrong in the file`` () =
    let text = Sample.training "\"iterations\": 0"

    let messages =
        Sample.messagesOf (fun () -> Sample.composeWith [ "nonsense"; "evaluators[3]=fid" ] text)

    Assert.That(messages, Has.Length.EqualTo 3)
