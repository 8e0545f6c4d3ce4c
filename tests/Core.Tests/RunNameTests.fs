module PluginGan.Core.Tests.RunNameTests

open System
open NUnit.Framework
open PluginGan.Core

let private right = "use letters, digits, '-', '_' and '.'"

[<TestCase "digits">]
[<TestCase "a">]
[<TestCase "grid-gan_2.1">]
let ``a name that a folder can have names a run`` (name: string) =
    Assert.That(RunName.Fault name, Is.Null)
    Assert.That((Sample.composeWith [ $"name={name}" ] Sample.minimal).Name, Is.EqualTo name)

[<TestCase "../elsewhere">]
[<TestCase "a/b">]
[<TestCase "with space">]
[<TestCase "größe">]
let ``a name that a folder cannot have is refused when the recipe is read`` (name: string) =
    let messages =
        Sample.messagesOf (fun () -> Sample.composeWith [ $"name=\"{name}\"" ] Sample.minimal)

    Assert.That(List.exactlyOne messages, Does.EndWith $"name: '{name}' cannot name a run's folder; {right}")

[<Test>]
let ``an empty or a long name is refused when the recipe is read`` () =
    let message name =
        Sample.messagesOf (fun () -> Sample.composeWith [ $"name={name}" ] Sample.minimal)
        |> List.exactlyOne

    Assert.That(message "", Does.EndWith $"name: is empty; {right}")
    Assert.That(message (String('x', 101)), Does.EndWith "is too long for a run's folder; use at most 100 characters")
    Assert.That((Sample.composeWith [ $"name={String('x', 100)}" ] Sample.minimal).Name.Length, Is.EqualTo 100)

[<Test>]
let ``where the file lends its name, that must do`` () =
    let text = Sample.minimal.Replace("\"name\": \"digits\",", "")

    let compose file =
        Composition.Compose(file, [], Sample.files [ file, text ], Sample.catalogue)

    let messages = Sample.messagesOf (fun () -> compose "my recipe.json")

    Assert.That(
        messages,
        Sample.equal
            [
                $"my recipe.json: name: is missing, and the file's own 'my recipe' cannot name a run's folder; {right}"
            ]
    )

    Assert.That((compose "mine.json").Name, Is.EqualTo "mine")
