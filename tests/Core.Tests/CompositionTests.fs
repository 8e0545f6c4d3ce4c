module PluginGan.Core.Tests.CompositionTests

open NUnit.Framework
open PluginGan.Core

let private misfits text =
    Sample.messagesOf (fun () -> Sample.compose text)

let private only text =
    match misfits text with
    | [ message ] -> message
    | messages -> failwith $"expected one error, but got {messages}"

let private withDataset (dataset: string) =
    Sample.minimal.Replace("{ \"name\": \"mnist\" }", dataset)

let private withArchitecture (architecture: string) =
    Sample.minimal.Replace("\"dcgan\"", architecture)

let private withOption option =
    withArchitecture $"{{ \"name\": \"dcgan\", {option} }}"

[<Test>]
let ``a composed recipe has every default of its components, except those that are nothing`` () =
    let recipe = Sample.compose (withOption "\"width\": 32")

    let options =
        Map
            [
                for option in recipe.Architecture.Options -> option.Key, option.Value.GetRawText()
            ]

    let expected =
        Map
            [
                "width", "32"
                "dropout", "0.5"
                "spectralNorm", "false"
                "activation", "\"relu\""
                "channels", "[64,128]"
            ]

    Assert.That(options, Sample.equal expected)
    Assert.That(recipe.Dataset.Options.Keys, Sample.equal [ "split" ])

[<Test>]
let ``a whole number reaches a component as such, however it was spelt`` () =
    let recipe = Sample.compose (withOption "\"width\": 1.6e1, \"channels\": [1e2]")
    Assert.That(recipe.Architecture.Options["width"].GetRawText(), Is.EqualTo "16")
    Assert.That(recipe.Architecture.Options["channels"].GetRawText(), Is.EqualTo "[100]")

[<Test>]
let ``a composed recipe can be read back without its components`` () =
    let recipe =
        Sample.compose (Sample.minimalWith "\"evaluators\": [\"fid\"], \"regularizers\": [\"r1\"]")

    Assert.That(Sample.read (Recipes.ToJson recipe), Is.EqualTo recipe)
    Assert.That(Sample.compose (Recipes.ToJson recipe), Is.EqualTo recipe)

[<TestCase("train", "test")>]
[<TestCase("test", "train")>]
[<TestCase("all", "all")>]
let ``a run is evaluated on the other split of its data`` (split: string) (expected: string) =
    let recipe =
        Sample.compose (withDataset $"{{ \"name\": \"mnist\", \"classes\": 3, \"split\": \"{split}\" }}")

    let evaluation = nonNull recipe.Evaluation.Dataset
    Assert.That((evaluation.Name, evaluation.Path), Is.EqualTo(("mnist", "evaluation.dataset")))
    Assert.That(evaluation.Options["split"].GetString(), Is.EqualTo expected)
    Assert.That(evaluation.Options["classes"].GetInt32(), Is.EqualTo 3)

[<Test>]
let ``a run on data without splits is evaluated on the same data, and one that names its data on that`` () =
    let faces = Sample.compose (withDataset """{ "name": "faces", "folder": "a" }""")
    Assert.That((nonNull faces.Evaluation.Dataset).Options, Sample.equal faces.Dataset.Options)

    let named =
        Sample.compose (Sample.minimalWith """"evaluation": { "dataset": { "name": "mnist", "split": "train" } }""")

    Assert.That((nonNull named.Evaluation.Dataset).Options["split"].GetString(), Is.EqualTo "train")

[<TestCase("\"widht\": 3", "architecture.widht: unknown key 'widht'; did you mean 'width'?")>]
[<TestCase("\"width\": \"wide\"", "architecture.width: must be a whole number, but is the text \"wide\"")>]
[<TestCase("\"width\": 4", "architecture.width: must be at least 8, but is 4")>]
[<TestCase("\"width\": 1024", "architecture.width: must be at most 512, but is 1024")>]
[<TestCase("\"dropout\": 1", "architecture.dropout: must be below 1, but is 1")>]
[<TestCase("\"dropout\": -0.1", "architecture.dropout: must be at least 0, but is -0.1")>]
[<TestCase("\"spectralNorm\": 1", "architecture.spectralNorm: must be true or false, but is 1")>]
[<TestCase("\"activation\": \"rellu\"",
           "architecture.activation: must be one of relu, leaky-relu, but is the text \"rellu\"; did you mean 'relu'?")>]
[<TestCase("\"channels\": 3", "architecture.channels: must be a list, but is 3")>]
[<TestCase("\"channels\": [3, true]", "architecture.channels[1]: must be a whole number, but is true")>]
[<TestCase("\"channels\": [3, 0]", "architecture.channels[1]: must be at least 1, but is 0")>]
let ``an option that is wrong says what would be right`` (option: string) (expected: string) =
    Assert.That(only (withOption option), Is.EqualTo $"recipe.json: {expected}")

[<Test>]
let ``an option that must be given is asked for`` () =
    Assert.That(only (withDataset "\"faces\""), Is.EqualTo "recipe.json: dataset.folder: is missing")

[<Test>]
let ``keys of the host are among the names that are suggested`` () =
    let message =
        only (Sample.minimalWith """"regularizers": [{ "name": "r1", "wieght": 3 }]""")

    Assert.That(message, Is.EqualTo "recipe.json: regularizers[0].wieght: unknown key 'wieght'; did you mean 'weight'?")

[<TestCase("hinje", "there is no loss named 'hinje'; did you mean 'hinge'?")>]
[<TestCase("cosine-similarity", "there is no loss named 'cosine-similarity'; there are: hinge, wasserstein, ac-gan")>]
[<TestCase("r1", "'r1' is a regularizer, not a loss; name it under 'regularizers'")>]
[<TestCase("infogan", "'infogan' is an objective, not a loss; name it under 'objective'")>]
let ``an unknown component is told apart from a misplaced one`` (name: string) (expected: string) =
    Assert.That(only (Sample.minimal.Replace("hinge", name)), Is.EqualTo $"recipe.json: loss.name: {expected}")

[<Test>]
let ``an architecture must take the samples of the dataset`` () =
    Assert.That(
        only (withDataset "\"adult\""),
        Is.EqualTo(
            "recipe.json: architecture: architecture 'dcgan' takes image samples, but dataset 'adult' yields table samples; "
            + "architectures for table samples: ctgan"
        )
    )

[<Test>]
let ``evaluators and augmentations must take the samples too`` () =
    let text =
        (Sample.minimalWith "\"evaluators\": [\"fid\"], \"augmentations\": [\"flip\"]")
            .Replace("{ \"name\": \"mnist\" }", "\"adult\"")
            .Replace("dcgan", "ctgan")

    Assert.That(
        misfits text,
        Sample.equal
            [
                ("recipe.json: augmentations[0]: augmentation 'flip' takes image samples, but dataset 'adult' yields table samples; "
                 + "there is no augmentation for table samples")
                ("recipe.json: evaluators[0]: evaluator 'fid' takes image samples, but dataset 'adult' yields table samples; "
                 + "evaluators for table samples: reconstruction")
            ]
    )

[<Test>]
let ``a component that works with classes only needs data with classes`` () =
    let labelled = Sample.compose (Sample.minimal.Replace("hinge", "ac-gan"))
    Assert.That((nonNull labelled.Loss).Name, Is.EqualTo "ac-gan")

    let text =
        (withDataset """{ "name": "faces", "folder": "a" }""").Replace("hinge", "ac-gan")

    Assert.That(
        only text,
        Is.EqualTo(
            "recipe.json: loss: loss 'ac-gan' takes classes, but dataset 'faces' yields no condition; "
            + "losses for no condition: hinge, wasserstein"
        )
    )

[<Test>]
let ``the architecture must have the networks that others need`` () =
    Assert.That(
        only (Sample.minimal.Replace("\"loss\": \"hinge\"", "\"objective\": \"elbo\"")),
        Is.EqualTo(
            "recipe.json: objective: objective 'elbo' needs the networks encoder, decoder, which architecture 'dcgan' does not have; "
            + "architectures that would do: vae"
        )
    )

    let evaluated = Sample.minimalWith "\"evaluators\": [\"reconstruction\"]"

    // An architecture may have more networks than are asked for.
    Assert.That(
        only evaluated,
        Is.EqualTo(
            "recipe.json: evaluators[0]: evaluator 'reconstruction' needs the networks encoder, which architecture 'dcgan' does not have; "
            + "architectures that would do: vae"
        )
    )

/// Composes against the sample's catalogue and further components.
let private composeAmong (more: ComponentDescription list) text =
    Composition.Compose("recipe.json", [], Sample.files [ "recipe.json", text ], [ yield! Sample.catalogue; yield! more ])

let private undeclared kind name roles =
    Sample.describe kind (Sample.info name [] [] [] roles) []

[<TestCase "\"adult\"">]
[<TestCase "\"mnist\"">]
let ``a component that declares no kinds of sample takes any, and is among those that would do`` (dataset: string) =
    let any = [ undeclared ComponentKind.Architecture "any" Sample.adversarial ]
    let text = withDataset dataset
    Assert.That((composeAmong any (text.Replace("dcgan", "any"))).Architecture.Name, Is.EqualTo "any")

    if dataset = "\"adult\"" then
        Assert.That(
            Sample.messagesOf (fun () -> composeAmong any text) |> List.exactlyOne,
            Does.EndWith "architectures for table samples: ctgan, any"
        )

[<TestCase("dcgan", "hinge")>]
[<TestCase("ctgan", "hinge")>]
[<TestCase("dcgan", "ac-gan")>]
let ``a dataset that declares no kinds of sample or condition goes with any component until it is opened``
    (architecture: string)
    (loss: string)
    =
    let any = [ undeclared ComponentKind.Dataset "any" [] ]

    let text =
        (withDataset "\"any\"").Replace("dcgan", architecture).Replace("hinge", loss)

    Assert.That((composeAmong any text).Dataset.Name, Is.EqualTo "any")

[<Test>]
let ``only an option that chooses one of train and test is a split`` () =
    let parts: OptionDescription list =
        [
            { Sample.choices [ "train"; "test" ] "train" "split" with
                IsList = true
                Default = "[\"train\"]"
            }
        ]

    let rest = [ Sample.choices [ "train"; "rest" ] "train" "split" ]

    for name, options, expected in [ "parts", parts, "[\"train\"]"; "rest", rest, "\"train\"" ] do
        let data =
            Sample.describe ComponentKind.Dataset (Sample.info name [] [] [] []) options

        let recipe = composeAmong [ data ] (withDataset $"\"{name}\"")
        Assert.That((nonNull recipe.Evaluation.Dataset).Options["split"].GetRawText(), Is.EqualTo expected)

[<Test>]
let ``evaluation data of another kind than the training data is refused`` () =
    Assert.That(
        misfits (Sample.minimalWith "\"evaluation\": { \"dataset\": \"adult\" }"),
        Has.Some.StartsWith(
            "recipe.json: evaluation.dataset: dataset 'adult' yields table samples, but dataset 'mnist' yields image samples; "
            + "datasets for image samples:"
        )
    )

[<Test>]
let ``errors of every stage are found at once`` () =
    let text =
        (Sample.training "\"iterations\": 1, \"batch\": -1")
            .Replace("\"hinge\"", "{ \"name\": \"hinge\", \"margins\": 2 }")
            .Replace("{ \"name\": \"mnist\" }", "\"adult\"")

    let errors = Sample.errorsOf (fun () -> Sample.composeWith [ "sed=1" ] text)
    Assert.That(errors |> List.map _.Path, Is.EquivalentTo [ "training.batch"; "loss.margins"; "architecture"; "sed" ])

[<Test>]
let ``a misfit of inherited components names the line where they stand`` () =
    let files =
        [
            "recipe.json", "{ \"extends\": \"base.json\", \"dataset\": \"adult\" }"
            "base.json", Sample.minimal
        ]

    let error =
        Sample.errorsOf (fun () -> Sample.composeFiles files []) |> List.exactlyOne

    Assert.That((error.File, error.Path, error.Line.Value), Is.EqualTo(("base.json", "architecture", 4)))

/// A recipe with the whole adversarial game beside an objective.
let private gameBeside objective =
    (Sample.minimalWith $"\"objective\": \"{objective}\", \"regularizers\": [\"r1\"], \"augmentations\": [\"flip\"]")
        .Replace("\"iterations\": 1000", "\"iterations\": 1, \"discriminatorSteps\": 5, \"freshDraws\": true")

[<Test>]
let ``loss, regularizers and augmentations may stand beside an objective that plays the adversarial game`` () =
    let recipe = Sample.compose (gameBeside "infogan")

    Assert.That((nonNull recipe.Objective).Name, Is.EqualTo "infogan")
    Assert.That((nonNull recipe.Loss).Name, Is.EqualTo "hinge")
    Assert.That(Sample.compose (Recipes.ToJson recipe), Sample.equal recipe)

[<Test>]
let ``an objective is played with its usual loss where the recipe names none`` () =
    let recipe =
        Sample.compose (Sample.minimal.Replace("\"loss\": \"hinge\"", "\"objective\": \"infogan\""))

    Assert.That((nonNull recipe.Loss).Name, Is.EqualTo "wasserstein")
    Assert.That((nonNull recipe.Loss).Path, Is.EqualTo "loss")

[<Test>]
let ``an objective whose usual loss no plugin provides asks for another`` () =
    let text =
        Sample.minimal.Replace("\"loss\": \"hinge\"", "\"objective\": \"infogan\"")

    let without =
        Sample.catalogue
        |> Seq.filter (fun known -> known.Info.Name <> "wasserstein")
        |> List.ofSeq

    Assert.That(
        Sample.messagesOf (fun () -> Composition.Compose("recipe.json", [], (fun _ -> text), without)),
        Sample.equal
            [
                "loss: is missing: objective 'infogan' is usually played with the loss 'wasserstein', which no plugin provides; name another"
            ]
    )

[<Test>]
let ``what has no effect beside an objective with a loss of its own is refused`` () =
    let misfit =
        "has no effect: objective 'elbo' has a loss of its own and plays no adversarial game"

    Assert.That(
        Sample.messagesOf (fun () -> Sample.compose ((gameBeside "elbo").Replace("dcgan", "autoencoder"))),
        Is.SupersetOf
            [
                $"recipe.json: loss: {misfit}; remove it (null takes back an inherited one)"
                $"recipe.json: regularizers: {misfit}; remove it (null takes back an inherited one)"
                $"recipe.json: augmentations: {misfit}; remove it (null takes back an inherited one)"
                $"recipe.json: training.discriminatorSteps: {misfit}; set it to 1"
            ]
    )

[<Test>]
let ``an unknown optimizer and an unknown option of one are named with what would be right`` () =
    let recipe =
        Sample.training "\"iterations\": 1, \"optimizers\": { \"default\": \"adma\", \"generator\": { \"name\": \"adam\", \"bata1\": 0 } }"

    Assert.That(
        Sample.messagesOf (fun () -> Sample.compose recipe),
        Sample.equal
            [
                "recipe.json: training.optimizers.default.name: there is no optimizer named 'adma'; did you mean 'adam'?"
                "recipe.json: training.optimizers.generator.bata1: unknown key 'bata1'; did you mean 'beta1'?"
            ]
    )

[<TestCase "\"mnist\"">]
[<TestCase "{ \"name\": \"mnist\" }">]
let ``a dataset made of another one holds that with its defaults, and writes it so`` (nested: string) =
    let recipe =
        Sample.compose (withDataset $"{{ \"name\": \"stacked\", \"of\": {nested} }}")

    Assert.That(recipe.Dataset.Options["of"].ToString(), Is.EqualTo """{"name":"mnist","split":"train"}""")
    Assert.That(Sample.compose (Recipes.ToJson recipe), Sample.equal recipe)

[<Test>]
let ``a dataset within can be changed by overrides, in part or as a whole`` () =
    let composed overrides =
        (Sample.composeWith overrides (withDataset "{ \"name\": \"stacked\", \"of\": \"mnist\" }")).Dataset.Options["of"].ToString()

    Assert.That(composed [ "dataset.of.split=test" ], Is.EqualTo """{"name":"mnist","split":"test"}""")
    Assert.That(composed [ "dataset.of.split=test"; "dataset.of={\"name\":\"adult\"}" ], Is.EqualTo """{"name":"adult"}""")

[<Test>]
let ``the other split is that of the dataset within`` () =
    let recipe =
        Sample.compose (withDataset "{ \"name\": \"stacked\", \"of\": { \"name\": \"stacked\", \"of\": \"mnist\" } }")

    Assert.That(
        (nonNull recipe.Evaluation.Dataset).Options["of"].ToString(),
        Is.EqualTo """{"name":"stacked","of":{"name":"mnist","split":"test"}}"""
    )

[<Test>]
let ``evaluation data that a recipe leaves out is written as it is read again`` () =
    let recipe =
        Sample.compose (withDataset "{ \"name\": \"stacked\", \"of\": { \"name\": \"mnist\", \"classes\": 5 } }")

    Assert.That((nonNull recipe.Evaluation.Dataset).Options["of"].ToString(), Is.EqualTo """{"name":"mnist","classes":5,"split":"test"}""")

    Assert.That(Recipes.ToJson(Sample.compose (Recipes.ToJson recipe)), Is.EqualTo(Recipes.ToJson recipe))

[<Test>]
let ``what is wrong with a dataset within is said with its place`` () =
    let messages nested =
        Sample.messagesOf (fun () -> Sample.compose (withDataset $"{{ \"name\": \"stacked\", \"of\": {nested} }}"))

    Assert.That(
        messages "{ \"name\": \"mnist\", \"splat\": 1 }",
        Sample.equal [ "recipe.json: dataset.of.splat: unknown key 'splat'; did you mean 'split'?" ]
    )

    Assert.That(
        messages "\"mnits\"",
        Sample.equal
            [
                "recipe.json: dataset.of.name: there is no dataset named 'mnits'; did you mean 'mnist'?"
            ]
    )

    Assert.That(
        messages "3",
        Sample.equal
            [
                "recipe.json: dataset.of: must be a component (its name, or an object with its name and options), but is 3"
            ]
    )

[<Test>]
let ``extractors are given options by the recipe, and checked`` () =
    let withExtractors extractors =
        Sample.minimalWith $"\"evaluation\": {{ \"extractors\": {extractors} }}, \"evaluators\": [\"fid\"]"

    let recipe =
        Sample.compose (withExtractors "[ { \"name\": \"lenet\", \"weights\": \"mine\" } ]")

    let extractor = recipe.Evaluation.Extractors[0]

    Assert.That(
        (extractor.Path, extractor.Name, extractor.Options["weights"].GetString()),
        Is.EqualTo(("evaluation.extractors[0]", "lenet", "mine"))
    )

    Assert.That(Sample.compose (Recipes.ToJson recipe), Sample.equal recipe)

    Assert.That(
        misfits (withExtractors "[ \"lenet\", { \"name\": \"lenet\", \"wights\": 1 } ]"),
        Sample.equal
            [
                "recipe.json: evaluation.extractors[1].wights: unknown key 'wights'; did you mean 'weights'?"
                "recipe.json: evaluation.extractors[1]: 'lenet' is given twice; an evaluator that names it could not tell which is meant"
            ]
    )

    Assert.That(
        only (withExtractors "[ \"fid\" ]"),
        Is.EqualTo "recipe.json: evaluation.extractors[0].name: 'fid' is an evaluator, not a feature extractor; name it under 'evaluators'"
    )

[<Test>]
let ``the components of a recipe are listed with what they are used as`` () =
    let text =
        Sample.minimalWith "\"regularizers\": [\"r1\", \"r1\"], \"augmentations\": [\"flip\"], \"evaluators\": [\"fid\"]"

    let uses = Composition.Components(Sample.compose text)

    Assert.That(
        [ for used in uses -> string used.Kind + " " + used.Choice.Path ],
        Sample.equal
            [
                "Dataset dataset"
                "Architecture architecture"
                "Loss loss"
                "Regularizer regularizers[0]"
                "Regularizer regularizers[1]"
                "Augmentation augmentations[0]"
                "Optimizer training.optimizers.default"
                "Dataset evaluation.dataset"
                "Evaluator evaluators[0]"
            ]
    )
