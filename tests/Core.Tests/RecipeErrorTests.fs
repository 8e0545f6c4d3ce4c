module PluginGan.Core.Tests.RecipeErrorTests

open System
open System.IO
open NUnit.Framework
open PluginGan.Core

let private only (text: string) =
    match Sample.errorsOf (fun () -> Sample.read text) with
    | [ error ] -> error
    | errors -> failwith $"expected one error, but got {errors}"

[<Test>]
let ``malformed JSON is reported with line and column, counted in characters from one`` () =
    let error = only "{\n  \"name\": \"größe\" \"seed\": 1\n}"
    Assert.That((error.Line.Value, error.Column.Value), Is.EqualTo((2, 19)))
    Assert.That(string error, Does.StartWith "recipe.json:2:19: this is not JSON: '\"' cannot stand here; recipes are JSON")

[<TestCase("", "\n")>]
[<TestCase("\uFEFF", "\n")>]
[<TestCase("\uFEFF", "\r\n")>]
let ``the place of an error is what an editor shows, whatever the byte order mark and the line ends`` (mark: string) (lineEnd: string) =
    let text = Sample.training "\"iterations\": 10,\n    \"batch\": 0"
    let error = only (mark + text.Replace("\n", lineEnd))
    Assert.That((error.Path, error.Line.Value, error.Column.Value), Is.EqualTo(("training.batch", 7, 14)))

    let malformed =
        only (mark + "{\n  // a remark\n  \"seed\": 1 \"name\": 2\n}".Replace("\n", lineEnd))

    Assert.That((malformed.Line.Value, malformed.Column.Value), Is.EqualTo((3, 13)))

/// Wherever a recipe takes a number that is no whole one.
let private numbers =
    [
        "training.kimg"
        "training.keepEveryKimg"
        "training.ema.halfLifeKimg"
        "training.ema.rampUp"
        "training.optimizers.default.rate"
        "training.optimizers.default.beta1"
        "training.optimizers.generator.rate"
        "training.optimizers.generator.clip"
        "training.optimizers.generator.clip.threshold"
        "training.optimizers.generator.rate.from"
        "training.optimizers.generator.rate.to"
        "training.optimizers.generator.rate.warmUp"
        "architecture.dropout"
        "loss.margin"
        "regularizers[0].weight"
        "regularizers[0].smoothing"
        "augmentations[0].strength"
    ]

[<Test>]
let ``no number of a recipe can be other than finite``
    ([<ValueSource "numbers">] path: string)
    ([<Values("NaN", "-Infinity", "1e999")>] value: string)
    =
    let text =
        (Sample.training
            "\"kimg\": 1, \"optimizers\": { \"generator\": { \"rate\": { \"shape\": \"linear\", \"from\": 1e-3, \"to\": 0 } } }")
            .Replace(
                "\"hinge\"",
                "{ \"name\": \"hinge\" }, \"regularizers\": [{ \"name\": \"r1\" }], \"augmentations\": [{ \"name\": \"flip\" }]"
            )
            .Replace("\"dcgan\"", "{ \"name\": \"dcgan\" }")

    let ema =
        if path = "training.ema.rampUp" then
            [ "training.ema.halfLifeKimg=1" ]
        else
            []

    let errors =
        Sample.errorsOf (fun () -> Sample.composeWith (ema @ [ $"{path}={value}" ]) text)

    Assert.That(errors |> List.map _.Path, Sample.equal [ path ])

[<TestCase "">]
[<TestCase "{">]
[<TestCase "{} {}">]
[<TestCase "// nothing but a comment">]
let ``text that is no JSON value is told so`` (text: string) =
    Assert.That((only text).Message, Does.StartWith "this is not JSON: ")

[<TestCase("name: digits\ndataset:\n  name: mnist\n", "1:2: this is not JSON: 'a' cannot stand here; recipes are JSON")>]
[<TestCase("{ \"name\": \"digits\",\n  \"seed\"", "2:9: this is not JSON: the text ends before the value does; recipes are JSON")>]
[<TestCase("{ \"name\": \"dig\nits\" }", "1:15: this is not JSON: the line cannot end here; recipes are JSON")>]
let ``what is no JSON is told in our words`` (text: string) (expected: string) =
    Assert.That(string (only text), Does.StartWith $"recipe.json:{expected}")

[<Test>]
let ``a recipe must be an object`` () =
    Assert.That(string (only "[]"), Does.Contain "must be an object, but is a list")

[<Test>]
let ``a value that is wrong is reported with the place where it stands`` () =
    let error = only (Sample.training "\"iterations\": 10,\n    \"batch\": 0")
    Assert.That(string error, Is.EqualTo "recipe.json: training.batch: must be at least 1, but is 0")
    Assert.That((error.Path, error.Line.Value, error.Column.Value), Is.EqualTo(("training.batch", 7, 14)))

[<TestCase("\"iterations\": \"many\"", "training.iterations: must be a whole number, but is the text \"many\"")>]
[<TestCase("\"iterations\": 1.5", "training.iterations: must be a whole number, but is 1.5")>]
[<TestCase("\"iterations\": 0", "training.iterations: must be at least 1, but is 0")>]
[<TestCase("\"iterations\": 1, \"batch\": 1e12", "training.batch: must be a whole number from -2147483648 to 2147483647, but is 1e12")>]
[<TestCase("\"iterations\": 1, \"batch\": true", "training.batch: must be a whole number, but is true")>]
[<TestCase("\"iterations\": 1, \"data\": \"streamd\"",
           "training.data: must be one of auto, resident, streamed, but is the text \"streamd\"; did you mean 'streamed'?")>]
[<TestCase("\"iterations\": 1, \"data\": 3", "training.data: must be one of auto, resident, streamed, but is 3")>]
[<TestCase("\"iterations\": 1, \"health\": { \"colapse\": \"warn\" }",
           "training.health.colapse: unknown key 'colapse'; did you mean 'collapse'?")>]
[<TestCase("\"iterations\": 1, \"health\": { \"collapse\": \"rollback\" }",
           "training.health.collapse: must be one of off, warn, stop, rollBack, but is the text \"rollback\"; did you mean 'rollBack'?")>]
[<TestCase("\"iterations\": 1, \"batches\": 3", "training.batches: unknown key 'batches'; did you mean 'batch'?")>]
[<TestCase("\"iterations\": 1, \"batch\": 10, \"accumulate\": 3", "training.accumulate: must divide the batch (10), but is 3")>]
[<TestCase("\"iterations\": 1, \"batch\": 10, \"pack\": 3", "training.pack: must divide the batch (10), but is 3")>]
[<TestCase("\"iterations\":1, \"batch\":8, \"accumulate\":2, \"pack\": 8", "training.pack: must divide batch / accumulate (4), but is 8")>]
[<TestCase("\"iterations\": 1, \"keepCheckpoints\": 0", "training.keepCheckpoints: must be at least 1, but is 0")>]
[<TestCase("\"iterations\": 1, \"ema\": {}", "training.ema.halfLifeKimg: is missing")>]
[<TestCase("\"iterations\": 1, \"optimizers\": { \"generator\": { \"clip\": 0 } }",
           "training.optimizers.generator.clip: must be above 0, but is 0")>]
[<TestCase("\"iterations\": 1, \"optimizers\": { \"generator\": { \"clip\": { \"by\": \"nrom\", \"threshold\": 1 } } }",
           "training.optimizers.generator.clip.by: must be one of norm, value, adaptive, but is the text \"nrom\"; did you mean 'norm'?")>]
[<TestCase("\"iterations\": 1, \"precision\": \"fp16\"", "training.precision: must be one of auto, fp32, bf16, but is the text \"fp16\"")>]
[<TestCase("\"iterations\": 1, \"ema\": { \"halfLifeKimg\": -1 }", "training.ema.halfLifeKimg: must be at least 0, but is -1")>]
[<TestCase("\"iterations\": 1, \"optimizers\": { \"default\": { \"rate\": -1 } }",
           "training.optimizers.default.rate: must be at least 0, but is -1")>]
[<TestCase("\"iterations\": 1, \"optimizers\": { \"generator\": { \"rate\": 1e999 } }",
           "training.optimizers.generator.rate: must be a number within the range of a double, but is 1e999")>]
[<TestCase("\"batch\": 3", "training.iterations: is missing; give either 'iterations' or 'kimg'")>]
[<TestCase("\"iterations\":1, \"kimg\":3", "training.kimg: give either 'iterations' or 'kimg', not both; null takes back an inherited one")>]
[<TestCase("\"iterations\": 1, \"iterations\": 2", "training.iterations: is given twice")>]
let ``a training setting that is wrong says what would be right`` (keys: string) (expected: string) =
    Assert.That(string (only (Sample.training keys)), Is.EqualTo $"recipe.json: {expected}")

[<Test>]
let ``missing parts are all named`` () =
    let messages = Sample.messagesOf (fun () -> Sample.read "{}")

    for expected in
        [
            "dataset: is missing"
            "architecture: is missing"
            "training: is missing"
            "loss: is missing; give a loss, or an objective"
        ] do
        Assert.That(messages, Has.Member $"recipe.json: {expected}")

[<Test>]
let ``a component must be a name or an object with a name`` () =
    let text =
        Sample.minimal.Replace("\"dcgan\"", "5").Replace("{ \"name\": \"mnist\" }", "{ \"split\": \"test\" }")

    let messages = Sample.messagesOf (fun () -> Sample.read text)
    Assert.That(messages, Has.Member "recipe.json: dataset.name: is missing")

    Assert.That(
        messages,
        Has.Member "recipe.json: architecture: must be a component (its name, or an object with its name and options), but is 5"
    )

[<Test>]
let ``an objective is not packed, and has its game`` () =
    let text =
        Sample.minimal
            .Replace("\"loss\": \"hinge\"", "\"loss\": \"none\", \"objective\": \"infogan\", \"regularizers\": [\"r1\"]")
            .Replace("\"iterations\": 1000", "\"iterations\": 1, \"pack\": 2")

    Assert.That(
        Sample.messagesOf (fun () -> Sample.read text),
        Sample.equal
            [
                "recipe.json: training.pack: works in the usual game only, not with an objective; set it to 1, or give a loss instead of the objective"
                "recipe.json: loss: \"none\" leaves an objective without its game; leave the loss out for the objective's usual one, or name another"
            ]
    )

[<Test>]
let ``no loss and no regularizer leaves nothing to minimise`` () =
    Assert.That(string (only (Sample.minimal.Replace("\"hinge\"", "\"none\""))), Does.Contain "loss: \"none\" leaves nothing to minimise")

[<Test>]
let ``all errors are found at once and the exception lists them line by line`` () =
    let text =
        (Sample.training "\"iterations\": 1, \"batch\": 0").Replace("\"name\": \"digits\"", "\"sead\": 1, \"name\": 7")

    let error =
        Assert.Throws<RecipeException>(fun () -> Sample.read text |> ignore) |> nonNull

    let expected =
        [
            "recipe.json: name: must be text, but is 7"
            "recipe.json: training.batch: must be at least 1, but is 0"
            "recipe.json: sead: unknown key 'sead'; did you mean 'seed'?"
        ]

    Assert.That(error.Message.Split '\n', Is.EquivalentTo expected)
    Assert.That(error.Errors, Has.Count.EqualTo 3)

[<Test>]
let ``a file that cannot be read is an error of the recipe`` () =
    let failing (error: exn) =
        Func<string, string>(fun _ -> raise error)

    for cause in [ IOException "gone" :> exn; UnauthorizedAccessException "gone" ] do
        let errors =
            Sample.messagesOf (fun () -> Recipes.Read("recipe.json", [], failing cause))

        Assert.That(errors, Sample.equal [ "recipe.json: cannot read 'recipe.json': gone" ])
