module PluginGan.Core.Tests.InheritanceTests

open NUnit.Framework
open FsCheck
open FsCheck.FSharp
open FsCheck.NUnit
open PluginGan.Core

let private extending keys =
    $"{{ \"extends\": \"base.json\", {keys} }}"

let private over lower upper =
    Sample.readFiles [ "recipe.json", extending upper; "base.json", lower ] []

[<Test>]
let ``objects are merged and scalars replaced`` () =
    let recipe = over Sample.minimal """"name": "more", "training": { "batch": 32 }"""
    Assert.That((recipe.Name, recipe.Training.Batch, recipe.Training.Iterations), Is.EqualTo(("more", 32, 1000L)))

[<Test>]
let ``lists are replaced as a whole`` () =
    let recipe =
        over (Sample.minimalWith "\"evaluators\": [\"fid\", \"reconstruction\"]") "\"evaluators\": [\"kid\"]"

    Assert.That(recipe.Evaluators |> Seq.map _.Name, Sample.equal [ "kid" ])

[<Test>]
let ``a component of the same name keeps inherited options, another name drops them`` () =
    let lower =
        Sample.minimal.Replace("\"dcgan\"", "{ \"name\": \"dcgan\", \"width\": 32 }")

    Assert.That((over lower "\"architecture\": { \"dropout\": 0 }").Architecture.Options.Keys, Is.EquivalentTo [ "width"; "dropout" ])
    Assert.That((over lower "\"architecture\": { \"name\": \"dcgan\", \"dropout\": 0 }").Architecture.Options.Count, Is.EqualTo 2)
    Assert.That((over lower "\"architecture\": { \"name\": \"other\", \"depth\": 0 }").Architecture.Options.Keys, Sample.equal [ "depth" ])
    Assert.That((over lower "\"architecture\": \"other\"").Architecture.Options, Is.Empty)

[<Test>]
let ``null takes back what is inherited`` () =
    let recipe =
        over
            (Sample.training "\"iterations\": 5, \"batch\": 1000")
            """"loss": null, "objective": "elbo", "training": { "iterations": null, "kimg": 2 }"""

    Assert.That((nonNull recipe.Objective).Name, Is.EqualTo "elbo")
    Assert.That(recipe.Training.Iterations, Is.EqualTo 2L)

[<Test>]
let ``paths are relative to the file that extends`` () =
    let files =
        [
            "recipe.json", """{ "extends": "shared/digits.json" }"""
            "shared/digits.json", """{ "extends": "../common.json", "name": "second" }"""
            "shared/../common.json", Sample.minimal
        ]

    Assert.That((Sample.readFiles files []).Name, Is.EqualTo "second")

[<Test>]
let ``recipes that extend each other are refused`` () =
    let files =
        [
            "recipe.json", """{ "extends": "base.json" }"""
            "base.json", """{ "extends": "./recipe.json" }"""
        ]

    let messages = Sample.messagesOf (fun () -> Sample.readFiles files [])

    Assert.That(
        messages,
        Sample.equal
            [
                "base.json: extends: recipes extend each other in a circle: recipe.json → base.json → ./recipe.json"
            ]
    )

[<Test>]
let ``an error in an inherited file names that file, also where it cannot be found`` () =
    let inherited =
        Sample.messagesOf (fun () -> over (Sample.training "\"iterations\": 0") "\"seed\": -1")

    Assert.That(
        inherited,
        Is.EquivalentTo
            [
                "base.json: training.iterations: must be at least 1, but is 0"
                "recipe.json: seed: must be a whole number from 0 to 18446744073709551615, but is -1"
            ]
    )

    let missing = Sample.messagesOf (fun () -> Sample.read (extending "\"seed\": 1"))
    Assert.That(missing, Sample.equal [ "recipe.json: extends: cannot read 'base.json': no such file" ])
    let wrong = Sample.messagesOf (fun () -> Sample.read "{ \"extends\": 1 }")
    Assert.That(wrong, Sample.equal [ "recipe.json: extends: must be the path of a recipe, but is 1" ])

/// Recipes are extended by themselves and by nothing, which must change nothing.
[<Property(MaxTest = 50)>]
let ``laying a recipe over itself, or nothing over it, leaves it as it is`` () =
    Prop.forAll (Arb.fromGen RecipeTests.recipes) (fun recipe ->
        let text = Recipes.ToJson recipe
        let laidOver = text.TrimStart '{' |> sprintf "{ \"extends\": \"base.json\", %s"

        Sample.readFiles [ "recipe.json", laidOver; "base.json", text ] [] = recipe
        && Sample.readFiles [ "recipe.json", "{ \"extends\": \"base.json\" }"; "base.json", text ] [] = recipe)

[<Property(MaxTest = 50)>]
let ``it does not matter whether a chain is merged from the top or from the bottom`` () =
    let keys =
        [
            "\"seed\": 1"
            "\"seed\": 2"
            "\"name\": \"a\""
            "\"training\": { \"batch\": 8 }"
            "\"training\": { \"batch\": 16, \"logEvery\": 7 }"
        ]

    Prop.forAll (Arb.fromGen (Gen.zip (Gen.elements keys) (Gen.elements keys))) (fun (middle, top) ->
        let chained =
            [
                "recipe.json", $"{{ \"extends\": \"middle.json\", {top} }}"
                "middle.json", $"{{ \"extends\": \"base.json\", {middle} }}"
                "base.json", Sample.minimal
            ]

        let written = Recipes.ToJson(over Sample.minimal middle)
        Sample.readFiles chained [] = over written top)
