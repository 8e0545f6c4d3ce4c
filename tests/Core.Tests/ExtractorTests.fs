module PluginGan.Core.Tests.ExtractorTests

open System.Text.Json
open NUnit.Framework
open PluginGan
open PluginGan.Core

let private extractors names =
    [
        for name in names -> Sample.describe ComponentKind.FeatureExtractor (Sample.info name [] [] [] []) []
    ]

let private all =
    extractors [ "channel-classifier"; "classifier"; "lenet-fashion"; "random-projection" ]

let private dataset name (options: (string * string) list) : ComponentChoice =
    {
        Path = "dataset"
        Name = name
        Options =
            Map
                [
                    for key, json in options -> key, JsonDocument.Parse(json: string).RootElement
                ]
    }

let private grey = ImageSpec(1, 28, 28)
let private colours = ImageSpec(3, 64, 64)
let private classes names = ClassCondition names :> ConditionSpec
let private digits = classes [ for digit in 0..9 -> string digit ]

let private chosen catalogue canFit data (sample: SampleSpec) condition =
    match Composition.UsualExtractor(data, DataSpec(sample, condition), canFit, catalogue) with
    | null -> null
    | found -> found.Name

let private inRun data (sample: SampleSpec) condition = chosen all true data sample condition

[<Test>]
let ``the extractor of Fashion-MNIST is chosen for Fashion-MNIST and what is made of it`` () =
    let of' name =
        [ "of", $"""{{ "name": "{name}", "split": "test" }}"""; "count", "5" ]

    Assert.That(inRun (dataset "fashion-mnist" []) grey digits, Is.EqualTo "lenet-fashion")
    Assert.That(inRun (dataset "fashion-mnist-10k" []) grey ConditionSpec.None, Is.EqualTo "lenet-fashion")
    Assert.That(inRun (dataset "some-classes" (of' "fashion-mnist-10k")) grey digits, Is.EqualTo "lenet-fashion")

    let nested =
        [ "of", """{ "name": "some-classes", "of": { "name": "fashion-mnist" } }""" ]

    Assert.That(inRun (dataset "paired" nested) grey (SampleCondition grey), Is.EqualTo "lenet-fashion")

    Assert.That(inRun (dataset "stacked" (of' "fashion-mnist")) (ImageSpec(3, 28, 28)) digits, Is.EqualTo "classifier", "of another shape")
    Assert.That(inRun (dataset "some-classes" (of' "mnist")) grey digits, Is.EqualTo "classifier")

    let both =
        [
            "of", """{ "name": "image-folder" }"""
            "from", """{ "name": "fashion-mnist" }"""
        ]

    Assert.That(inRun (dataset "unpaired" both) grey (SampleCondition grey), Is.EqualTo "random-projection", "the samples are others")

[<Test>]
let ``clothes in a folder are known by the names of their classes, and no size makes clothes`` () =
    let folder = dataset "image-folder" [ "path", "\"clothes\"" ]
    Assert.That(inRun folder grey (classes [ "Bag"; "T-shirt_top"; "ankle boot" ]), Is.EqualTo "lenet-fashion")
    Assert.That(inRun folder grey (classes [ "Bag"; "Cat" ]), Is.EqualTo "classifier")
    Assert.That(inRun folder colours (classes [ "Bag"; "Coat" ]), Is.EqualTo "classifier")
    Assert.That(inRun folder grey ConditionSpec.None, Is.EqualTo "random-projection")

[<Test>]
let ``other data is compared by a classifier of its classes, or else by a projection`` () =
    Assert.That(inRun (dataset "mnist" []) grey digits, Is.EqualTo "classifier")
    Assert.That(inRun (dataset "kmnist" []) grey digits, Is.EqualTo "classifier")
    Assert.That(inRun (dataset "image-folder" []) colours ConditionSpec.None, Is.EqualTo "random-projection")

    Assert.That(
        inRun (dataset "image-folder" []) colours (classes [ "only" ]),
        Is.EqualTo "random-projection",
        "one class tells nothing apart"
    )

    Assert.That(inRun (dataset "mixture-ring" []) (VectorSpec 2) digits, Is.EqualTo "random-projection", "the classifier takes images")
    Assert.That(chosen all false (dataset "image-folder" []) colours digits, Is.EqualTo "random-projection", "nothing to fit it on")

[<Test>]
let ``what no plugin provides is not chosen`` () =
    let mnist = dataset "mnist" []
    Assert.That(chosen (extractors [ "random-projection" ]) true mnist grey digits, Is.EqualTo "random-projection")
    Assert.That(chosen (extractors [ "own" ]) true mnist grey digits, Is.EqualTo "own")
    Assert.That(chosen [] true mnist grey digits, Is.Null)

[<Test>]
let ``evaluators that leave the extractor open get it, and the others keep theirs`` () =
    let evaluator extractor : ComponentChoice =
        { dataset "fid" [ "extractor", $"\"{extractor}\""; "k", "3" ] with
            Path = "evaluators[0]"
        }

    Assert.That(Composition.LeavesExtractor(evaluator "auto"), Is.True)
    Assert.That(Composition.LeavesExtractor(evaluator "own"), Is.False)
    Assert.That(Composition.LeavesExtractor(dataset "mode-coverage" []), Is.False)
    Assert.That(Composition.WithExtractor(evaluator "auto", "classifier"), Sample.equal (evaluator "classifier"))
    Assert.That(Composition.WithExtractor(evaluator "own", "classifier"), Sample.equal (evaluator "own"))

let private difference was now =
    Composition.Difference(DataSpec(colours, was), DataSpec(colours, now))

[<Test>]
let ``what has become of the data is said by name`` () =
    Assert.That(difference (classes [ "a"; "cafe\u0301" ]) (classes [ "a"; "café" ]), Is.Null, "one name, written in two ways")

    Assert.That(
        difference (classes [ "cat"; "dog" ]) (classes [ "cats"; "dog" ]),
        Is.EqualTo "its 2 classes are now without cat and with cats, and were 2"
    )

    Assert.That(difference (classes [ "a"; "b" ]) (classes [ "b"; "a" ]), Does.Contain "another order now: b, a, but were a, b")
    Assert.That(difference (classes [ "a" ]) ConditionSpec.None, Is.EqualTo "it comes with no condition now, and came with 1 class")

    Assert.That(
        Composition.Difference(DataSpec(grey, ConditionSpec.None), DataSpec(colours, ConditionSpec.None)),
        Is.EqualTo "it yields image 64×64 (3 channels) now, and yielded image 28×28 (1 channel)"
    )
