module PluginGan.Core.Tests.NeedsTests

open NUnit.Framework
open PluginGan
open PluginGan.Core

let private info name provides requires effects =
    ComponentInfo(name, "", Provides = provides, Requires = requires, Effects = effects)

let private effect option value provides requires =
    OptionEffect([| OptionIs(option, value) |], Provides = provides, Requires = requires)

let private above option provides =
    OptionEffect([| OptionIs(option, "0", Not = true) |], Provides = provides)

/// Components that offer and need things of each other.
let private catalogue: ComponentDescription list =
    [
        Sample.describe ComponentKind.Dataset (ComponentInfo("plain", "", Conditions = [| ConditionKind.None |])) []
        Sample.describe
            ComponentKind.Dataset
            (ComponentInfo(
                "labelled",
                "",
                Conditions = [| ConditionKind.None; ConditionKind.Classes |],
                Effects =
                    [|
                        OptionEffect([| OptionIs("labels", "true") |], Conditions = [| ConditionKind.Classes |])
                        OptionEffect([| OptionIs("labels", "false") |], Conditions = [| ConditionKind.None |])
                    |]
            ))
            [ Sample.option "labels" OptionKind.Boolean "true" ]
        Sample.describe
            ComponentKind.Architecture
            (info
                "coded"
                [||]
                [||]
                [|
                    above "categories" [| "codes" |]
                    OptionEffect(
                        [| OptionIs("conditional", "true") |],
                        Conditions = [| ConditionKind.Classes |],
                        Provides = [| "classes" |]
                    )
                |])
            [
                Sample.option "categories" OptionKind.Integer "0"
                Sample.option "conditional" OptionKind.Boolean "false"
            ]
        Sample.describe ComponentKind.Architecture (info "joint" [||] [| "pairs" |] [||]) []
        Sample.describe ComponentKind.Objective (ComponentInfo("coding", "", UsualLoss = "sure", Requires = [| "codes" |])) []
        Sample.describe ComponentKind.Objective (ComponentInfo("pairing", "", UsualLoss = "unsure", Provides = [| "pairs" |])) []
        Sample.describe ComponentKind.Loss (info "sure" [| "certainty" |] [||] [||]) []
        Sample.describe ComponentKind.Loss (info "unsure" [||] [||] [||]) []
        Sample.describe
            ComponentKind.Augmentation
            (info "adapting" [||] [||] [| effect "adaptive" "true" [||] [| "certainty" |] |])
            [ Sample.option "adaptive" OptionKind.Boolean "false" ]
        Sample.describe ComponentKind.Regularizer (info "featured" [||] [| "features" |] [||]) []
        Sample.describe ComponentKind.Regularizer (ComponentInfo("alone", "", Excludes = [| "pairs" |])) []
        yield!
            Sample.catalogue
            |> Seq.filter (fun known -> known.Kind = ComponentKind.Optimizer)
    ]

let private compose dataset architecture (rest: string) =
    let text =
        $$"""{ "name": "one", "dataset": {{dataset}}, "architecture": {{architecture}}, {{rest}}, "training": { "iterations": 10 } }"""

    Composition.Compose("recipe.json", [], Sample.files [ "recipe.json", text ], catalogue)

let private only dataset architecture rest =
    Sample.messagesOf (fun () -> compose dataset architecture rest)
    |> List.exactlyOne

[<Test>]
let ``what an option of another component would provide is asked for by that option`` () =
    Assert.That(
        only "\"plain\"" "\"coded\"" "\"objective\": \"coding\"",
        Is.EqualTo(
            "recipe.json: objective: objective 'coding' needs codes, which no part of this recipe has; "
            + "set 'categories' of architecture 'coded' above 0"
        )
    )

    let recipe =
        compose "\"plain\"" """{ "name": "coded", "categories": 3 }""" "\"objective\": \"coding\""

    Assert.That((nonNull recipe.Loss).Name, Is.EqualTo "sure")

[<Test>]
let ``what no component of the recipe can provide is asked for by the components that do`` () =
    Assert.That(
        only "\"plain\"" "\"joint\"" "\"loss\": \"sure\"",
        Is.EqualTo
            "recipe.json: architecture: architecture 'joint' needs pairs, which no part of this recipe has; objectives with it: pairing"
    )

    Assert.That(
        only "\"plain\"" "\"coded\"" "\"loss\": \"sure\", \"regularizers\": [\"featured\"]",
        Is.EqualTo "recipe.json: regularizers[0]: regularizer 'featured' needs features, which no part of this recipe has; no plugin has it"
    )

    Assert.That(compose "\"plain\"" "\"joint\"" "\"objective\": \"pairing\"", Is.Not.Null)

[<Test>]
let ``what a component does not work beside is refused by its name`` () =
    Assert.That(
        only "\"plain\"" "\"joint\"" "\"objective\": \"pairing\", \"regularizers\": [\"alone\"]",
        Is.EqualTo "recipe.json: regularizers[0]: regularizer 'alone' does not work beside pairs, which objective 'pairing' has; remove it"
    )

    compose "\"plain\"" "\"coded\"" "\"loss\": \"sure\", \"regularizers\": [\"alone\"]"
    |> ignore

[<Test>]
let ``a need of an option names the option, and the usual loss of an objective counts`` () =
    let adaptive = """"augmentations": [ { "name": "adapting", "adaptive": true } ]"""

    Assert.That(
        only "\"plain\"" "\"joint\"" ("\"objective\": \"pairing\", " + adaptive),
        Is.EqualTo(
            "recipe.json: augmentations[0]: augmentation 'adapting' with 'adaptive' true needs certainty, which no part of this recipe has; "
            + "losses with it: sure"
        )
    )

    compose "\"plain\"" "\"joint\"" ("\"objective\": \"pairing\", \"loss\": \"sure\", " + adaptive)
    |> ignore

    compose "\"plain\"" """{ "name": "coded", "categories": 3 }""" ("\"objective\": \"coding\", " + adaptive)
    |> ignore

[<Test>]
let ``an option narrows what a component takes and what a dataset yields`` () =
    let conditional = """{ "name": "coded", "conditional": true }"""
    compose "\"labelled\"" conditional "\"loss\": \"sure\"" |> ignore

    Assert.That(
        only "\"plain\"" conditional "\"loss\": \"sure\"",
        Is.EqualTo(
            "recipe.json: architecture: architecture 'coded' takes classes, but dataset 'plain' yields no condition; "
            + "set 'conditional' of architecture 'coded' to false"
        )
    )

    Assert.That(
        only """{ "name": "labelled", "labels": false }""" conditional "\"loss\": \"sure\"",
        Is.EqualTo(
            "recipe.json: architecture: architecture 'coded' takes classes, but dataset 'labelled' yields no condition; "
            + "set 'labels' of dataset 'labelled' to true; or set 'conditional' of architecture 'coded' to false"
        )
    )

[<Test>]
let ``a component that is refused for the data is not refused for its needs too`` () =
    let unlabelled =
        ComponentInfo("classified", "", Conditions = [| ConditionKind.Classes |], Requires = [| "classes" |])

    let known = Sample.describe ComponentKind.Loss unlabelled [] :: catalogue

    let text =
        """{ "name": "one", "dataset": "plain", "architecture": "coded", "loss": "classified", "training": { "iterations": 10 } }"""

    let messages =
        Sample.messagesOf (fun () -> Composition.Compose("recipe.json", [], Sample.files [ "recipe.json", text ], known))

    Assert.That(messages, Has.Length.EqualTo 1)
    Assert.That(messages[0], Does.Contain "takes classes")

[<Test>]
let ``needs wait for what else is wrong`` () =
    let messages =
        Sample.messagesOf (fun () -> compose "\"plain\"" "\"coded\"" "\"loss\": \"unknown\", \"regularizers\": [ \"featured\" ]")

    Assert.That(messages, Has.Length.EqualTo 1)
    Assert.That(messages[0], Does.Contain "unknown")
