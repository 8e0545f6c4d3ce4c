/// What is far larger, deeper or longer than any recipe: one message, in a moment.
module PluginGan.Core.Tests.RecipeLimitTests

open System
open System.Threading.Tasks
open NUnit.Framework
open PluginGan.Core

/// Where time grew with the square of the length, these took hours.
let private inAMoment (work: unit -> 'T) =
    let task = Task.Run<'T>(work)

    if not ((task :> IAsyncResult).AsyncWaitHandle.WaitOne(TimeSpan.FromSeconds 20.0)) then
        Assert.Fail "it takes longer than 20 seconds"

    task.GetAwaiter().GetResult()

let private messages text =
    Sample.messagesOf (fun () -> inAMoment (fun () -> Sample.read text))

let private chain count =
    [
        "recipe.json", "{ \"extends\": \"1.json\" }"
        for number in 1 .. count - 1 do
            $"{number}.json", $"{{ \"extends\": \"{number + 1}.json\" }}"
        $"{count}.json", Sample.minimal
    ]

[<Test>]
let ``a recipe of megabytes on one line is read in a moment`` () =
    let numbers = Seq.replicate 600_000 "12" |> String.concat ","

    let text =
        Sample.minimal.Replace("\"dcgan\"", $"{{ \"name\": \"dcgan\", \"channels\": [{numbers}], \"width\": true }}")

    let recipe = inAMoment (fun () -> Sample.read (text.ReplaceLineEndings " "))
    Assert.That(recipe.Architecture.Options["channels"].GetArrayLength(), Is.EqualTo 600_000)

[<Test>]
let ``the place behind megabytes is still the right one`` () =
    let numbers = Seq.replicate 600_000 "12" |> String.concat ","

    let text =
        Sample.minimal.Replace("\"dcgan\"", $"{{ \"name\": \"dcgan\", \"größe😀\": [{numbers}], \"width\": true }}").ReplaceLineEndings " "

    let error =
        Sample.errorsOf (fun () -> inAMoment (fun () -> Sample.compose text))
        |> List.find (fun error -> error.Path = "architecture.width")

    Assert.That((error.Line.Value, error.Column.Value), Is.EqualTo((1, 1 + text.IndexOf "true")))

[<Test>]
let ``a recipe that is too long is refused by its length`` () =
    let text = Sample.minimal + String(' ', Recipes.Longest)

    Assert.That(
        messages text,
        Sample.equal
            [
                $"recipe.json: cannot read 'recipe.json': it has {text.Length} characters, and a recipe may have {Recipes.Longest}"
            ]
    )

[<TestCase 32>]
[<TestCase 100_000>]
let ``what stands too deep is refused where it does`` (depth: int) =
    let text = "{ \"dataset\": " + String('[', depth) + String(']', depth) + " }"

    Assert.That(messages text, Sample.equal [ "recipe.json:1:45: objects and lists stand in each other more than 32 deep" ])

[<Test>]
let ``an unknown kind of file is not told key by key`` () =
    let keys =
        Seq.init 100_000 (fun number -> $"\"key{number}\": 1") |> String.concat ","

    let messages = messages (Sample.minimalWith keys)
    Assert.That(messages.Length, Is.EqualTo 21)
    Assert.That(List.last messages, Is.EqualTo "recipe.json:1:1: has 99980 more unknown keys")

[<Test>]
let ``recipes extend each other 32 deep and no deeper`` () =
    Assert.That((Sample.readFiles (chain 32) []).Name, Is.EqualTo "digits")

    for count in [ 34; 3000 ] do
        let errors =
            Sample.messagesOf (fun () -> inAMoment (fun () -> Sample.readFiles (chain count) []))

        Assert.That(errors, Sample.equal [ "32.json: extends: recipes extend each other more than 32 deep" ])

[<TestCase("\\u0000", "'\uFFFD' cannot be the path of a file")>]
[<TestCase("a\\u0000.json", "'a\uFFFD.json' cannot be the path of a file")>]
[<TestCase("", "is empty; name the file of a recipe")>]
let ``a path that cannot be is refused where it stands`` (path: string) (expected: string) =
    Assert.That(messages $"{{ \"extends\": \"{path}\" }}", Sample.equal [ $"recipe.json: extends: {expected}" ])

[<Test>]
let ``half a character is refused where it stands`` () =
    let text = Sample.minimal.Replace("\"digits\"", "\"\\ud800\"")
    let message = List.exactlyOne (messages text)
    Assert.That(message, Does.StartWith "recipe.json:2:11: the text here, or the key after it, holds half a character")

[<Test>]
let ``what is long is shown by its start`` () =
    let long = String('x', 1_000_000)

    for text in
        [
            Sample.minimal.Replace("1000", $"\"{long}\"")
            Sample.minimal.Replace("1000", String('9', 1_000_000))
            Sample.minimalWith $"\"{long}\": 1"
            $"{{ \"extends\": \"{long}.json\" }}"
        ] do
        for message in messages text do
            Assert.That(message.Length, Is.LessThan 700)

    for setting in
        [
            long
            long + "=1"
            String.replicate 500_000 "a." + "a=1"
            "training.batch=" + long
            "seed=" + long
        ] do
        let messages =
            Sample.messagesOf (fun () -> inAMoment (fun () -> Sample.readFiles [ "recipe.json", Sample.minimal ] [ setting ]))

        for message in messages do
            Assert.That(message.Length, Is.LessThan 700)

[<TestCase "-1000">]
[<TestCase """{ "shape": "linear", "from": 1, "to": -1 }""">]
[<TestCase """{ "segments": [ { "from": 1, "end": 0.5 }, { "from": -0.5, "end": 1 } ] }""">]
let ``a penalty's weight is at least 0`` (weight: string) =
    let text =
        Sample.minimalWith $"\"regularizers\": [{{ \"name\": \"r1\", \"weight\": {weight} }}]"

    Assert.That(List.exactlyOne (messages text), Does.Contain("regularizers[0].weight").And.Contain "must be at least 0, but is -")
