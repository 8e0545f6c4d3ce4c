module PluginGan.Core.Tests.DataCheckTests

open NUnit.Framework
open PluginGan
open PluginGan.Core

let private images classes =
    DataSpec(ImageSpec(1, 28, 28), ClassCondition [ for index in 1..classes -> $"class {index}" ])

let private check recipe (training: DataSpec) count (evaluation: DataSpec) =
    Sample.messagesOf (fun () -> Composition.CheckData(recipe, Sample.catalogue, training, count, evaluation))

[<Test>]
let ``data that fits passes, whatever the lists of names are`` () =
    Composition.CheckData(Sample.compose Sample.minimal, Sample.catalogue, images 10, 64L, images 10)

[<Test>]
let ``every component must take the data that was opened`` () =
    let recipe = Sample.compose (Sample.minimal.Replace("hinge", "ac-gan"))
    let table = DataSpec(TableSpec [ ColumnSpec("age", null) ], ConditionSpec.None)

    Assert.That(
        check recipe table 100L table,
        Sample.equal
            [
                ("architecture: architecture 'dcgan' takes image samples, but dataset 'mnist' yields table samples; "
                 + "architectures for table samples: ctgan")
                "loss: loss 'ac-gan' takes classes, but dataset 'mnist' yields no condition; losses for no condition: hinge, wasserstein"
            ]
    )

[<Test>]
let ``a component that declares no kinds takes the data whatever it turned out to be`` () =
    let any =
        Sample.describe ComponentKind.Architecture (Sample.info "any" [] [] [] Sample.adversarial) []

    let recipe = Sample.read (Sample.minimal.Replace("dcgan", "any"))
    let table = DataSpec(TableSpec [ ColumnSpec("age", null) ], VectorCondition 3)
    Composition.CheckData(recipe, [ yield! Sample.catalogue; any ], table, 100L, table)

[<Test>]
let ``evaluation data must have the shape and the classes of the training data`` () =
    let recipe = Sample.compose Sample.minimal
    let larger = DataSpec(ImageSpec(3, 32, 32), ClassCondition [ "only" ])

    Assert.That(
        check recipe (images 10) 100L larger,
        Sample.equal
            [
                "evaluation.dataset: yields image 32×32 (3 channels), but the training data yields image 28×28 (1 channel); both must be alike"
                "evaluation.dataset: comes with 1 class, but the training data comes with 10 classes; both must be alike"
            ]
    )

/// Only what is said of the evaluation data: the recipe's components are for images.
let private alike (training: SampleSpec) (evaluation: SampleSpec) =
    check (Sample.compose Sample.minimal) (DataSpec(training, ConditionSpec.None)) 100L (DataSpec(evaluation, ConditionSpec.None))
    |> List.filter _.StartsWith("evaluation.dataset")

let private table (columns: (string * string list option) list) =
    TableSpec
        [
            for name, categories in columns ->
                match categories with
                | Some names -> ColumnSpec(name, names)
                | None -> ColumnSpec(name, null)
        ]

[<Test>]
let ``numbers of evaluation data must stand for what those of the training data do`` () =
    let people = table [ "age", None; "sex", Some [ "f"; "m" ] ]
    let refused other = alike people other |> List.exactlyOne

    Assert.That(alike people (table [ "age", None; "sex", Some [ "f"; "m" ] ]), Is.Empty)

    Assert.That(
        refused (table [ "age", None; "sex", Some [ "m"; "f" ] ]),
        Does.Contain "has the categories m, f in the column 'sex', but the training data has f, m"
    )

    Assert.That(
        refused (table [ "size", None; "sex", Some [ "f"; "m" ] ]),
        Does.Contain "has the column 'size', where the training data has 'age'"
    )

    Assert.That(refused (table [ "age", Some [ "1" ]; "sex", Some [ "f"; "m" ] ]), Does.Contain "has categories in the column 'age'")
    Assert.That(refused (table [ "age", None; "sex", None ]), Does.Contain "has numbers in the column 'sex'")
    Assert.That(alike (SequenceSpec(4, [ "A"; "C" ])) (SequenceSpec(4, [ "A"; "C" ])), Is.Empty)

    Assert.That(
        alike (SequenceSpec(4, [ "A"; "C" ])) (SequenceSpec(4, [ "A"; "G" ]))
        |> List.exactlyOne,
        Does.Contain "has the symbols A, G, but the training data has A, C"
    )

[<Test>]
let ``samples of one shape and two kinds are not alike`` () =
    Assert.That(alike (VectorSpec 2) (VectorSpec 2), Is.Empty)

    Assert.That(
        alike (VectorSpec 2) (table [ "x", None; "y", None ]),
        Sample.equal
            [
                "evaluation.dataset: yields table 2, but the training data yields vector 2; both must be alike"
            ]
    )

[<Test>]
let ``conditions are alike where a model takes one for the other`` () =
    let classes (names: string list) = ClassCondition names :> ConditionSpec
    let vector (size: int) = VectorCondition size :> ConditionSpec

    let image (channels: int) =
        SampleCondition(ImageSpec(channels, 8, 8)) :> ConditionSpec

    for one, other, expected in
        [
            ConditionSpec.None, ConditionSpec.None, true
            ConditionSpec.None, vector 1, false
            classes [ "a"; "b" ], classes [ "c"; "d" ], true
            classes [ "a"; "b" ], classes [ "a" ], false
            classes [ "a"; "b" ], vector 2, false
            vector 3, vector 3, true
            vector 3, vector 4, false
            image 1, image 1, true
            image 1, image 3, false
            image 1, SampleCondition(VectorSpec 64), false
        ] do
        Assert.That(Composition.AreAlike(one, other), Is.EqualTo expected, $"{one} and {other}")
        Assert.That(Composition.AreAlike(other, one), Is.EqualTo expected, $"{other} and {one}")

[<TestCase(100, "", "the largest that works is 100")>]
[<TestCase(100, "\"accumulate\": 8, ", "the largest that works is 96")>]
[<TestCase(3, "\"accumulate\": 8, ", "even the smallest batch with accumulate 8 and pack 1 is 8")>]
let ``a batch larger than the data is refused`` (count: int) (keys: string) (fix: string) =
    let recipe =
        Sample.compose (Sample.training $"{keys}\"iterations\": 1, \"batch\": 128")

    Assert.That(
        check recipe (images 10) (int64 count) (images 10),
        Sample.equal
            [
                $"training.batch: must be at most the {count} samples of the training data, but is 128; {fix}"
            ]
    )
