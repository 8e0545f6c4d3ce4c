module PluginGan.Core.Tests.RecipeSchemaTests

open System.Text.Json.Nodes
open NUnit.Framework
open PluginGan.Core

let private schema = RecipeSchema.Build Sample.catalogue

let private within (root: JsonNode) (path: string) =
    path.Split '/'
    |> Array.fold
        (fun (node: JsonNode) key ->
            nonNull (
                if System.Char.IsDigit key[0] then
                    node[int key]
                else
                    node[key]
            ))
        root

let private at = within schema

let private alternative key name =
    (at $"properties/{key}/anyOf").AsArray()
    |> Seq.map nonNull
    |> Seq.tail // the bare names
    |> Seq.find (fun one -> (within one "properties/name/const").GetValue<string>() = name)

[<Test>]
let ``settings have their type, range, default and description`` () =
    let batch = at "properties/training/properties/batch"

    Assert.That(
        batch.ToJsonString(),
        Is.EqualTo """{"type":"integer","minimum":1,"description":"Real samples in an iteration.","default":64}"""
    )

    Assert.That((at "properties/training/properties/data/enum").ToJsonString(), Is.EqualTo """["auto","resident","streamed"]""")
    Assert.That((at "properties/training/additionalProperties").GetValue<bool>(), Is.False)

[<Test>]
let ``each component is an alternative with its options`` () =
    let dcgan = alternative "architecture" "dcgan"

    let property name =
        (within dcgan $"properties/{name}").ToJsonString()

    Assert.That(property "width", Is.EqualTo """{"type":"integer","minimum":8,"maximum":512,"description":"The width.","default":64}""")
    Assert.That(property "activation", Does.StartWith """{"enum":["relu","leaky-relu"],""")
    Assert.That(property "channels", Does.StartWith """{"type":"array","items":{"type":"integer",""")
    Assert.That((within dcgan "additionalProperties").GetValue<bool>(), Is.False)

[<Test>]
let ``a component may be given by its bare name`` () =
    Assert.That((at "properties/architecture/anyOf/0/enum").ToJsonString(), Is.EqualTo """["dcgan","ctgan","vae"]""")

[<Test>]
let ``required options are required where the name is given`` () =
    Assert.That((within (alternative "dataset" "faces") "dependentRequired").ToJsonString(), Is.EqualTo """{"name":["folder"]}""")

[<Test>]
let ``a recipe may leave to the one that it extends what it would otherwise have to say`` () =
    Assert.That((at "anyOf/0").ToJsonString(), Is.EqualTo """{"required":["extends"]}""")
    Assert.That((at "anyOf/1/required").ToJsonString(), Is.EqualTo """["dataset","architecture","training"]""")
    Assert.That((at "anyOf/1/anyOf").AsArray(), Has.Count.EqualTo 2)

[<Test>]
let ``every key that a written recipe has is in the schema`` () =
    let recipe =
        Recipes.ToJson(Sample.compose (Sample.minimalWith "\"regularizers\": [], \"evaluators\": []"))

    let rec missing (value: JsonNode) (schema: JsonNode) =
        [
            match value, schema["properties"] with
            | (:? JsonObject as entries), properties when not (isNull properties) ->
                for entry in entries do
                    match (nonNull properties)[entry.Key] with
                    | null -> entry.Key
                    | inner -> yield! missing (nonNull entry.Value) inner
            | _ -> ()
        ]

    Assert.That(missing (nonNull (JsonNode.Parse recipe)) schema, Is.Empty)
    Assert.That((at "$schema").GetValue<string>(), Is.EqualTo "https://json-schema.org/draft/2020-12/schema")
