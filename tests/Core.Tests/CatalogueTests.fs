module PluginGan.Core.Tests.CatalogueTests

open System.Collections.Generic
open System.Text.Json
open NUnit.Framework
open PluginGan.Core

[<Test>]
let ``a catalogue survives System.Text.Json`` () =
    let text = JsonSerializer.Serialize Sample.catalogue

    let back =
        JsonSerializer.Deserialize<IReadOnlyList<ComponentDescription>> text |> nonNull

    Assert.That(JsonSerializer.Serialize back, Is.EqualTo text)
    // The same text could hide a field that is never written, so a recipe is composed over what came back.
    let files =
        Sample.files [ "recipe.json", Sample.minimalWith "\"evaluators\": [\"fid\"]" ]

    let composed = Composition.Compose("recipe.json", [], files, back)
    Assert.That(composed, Is.EqualTo(Sample.compose (Sample.minimalWith "\"evaluators\": [\"fid\"]")))
    Assert.That(back[3].Options[0].Maximum, Is.EqualTo(System.Nullable 512.0))
    Assert.That(back[0].Info.Samples, Sample.equal Sample.catalogue[0].Info.Samples)
