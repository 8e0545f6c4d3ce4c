module PluginGan.Core.Tests.RecipeTests

open System
open System.Collections.Generic
open System.Text.Json
open NUnit.Framework
open FsCheck
open FsCheck.FSharp
open FsCheck.NUnit
open PluginGan.Core

[<Test>]
let ``a short recipe has the defaults of training`` () =
    let training = (Sample.read Sample.minimal).Training

    let expected: TrainingSettings =
        {
            Iterations = 1000L
            Batch = 64
            Accumulate = 1
            DiscriminatorSteps = 1
            Pack = 1
            Data = DataPlacement.Auto
            DefaultOptimizer = OptimizerSettings.Default
            Optimizers = Map.empty
            EmaHalfLifeKimg = Nullable()
            LogEvery = 50
            SnapshotEvery = 500
            CheckpointEvery = 1000
            EvaluateEvery = 0
            KeepCheckpoints = 3
        }

    Assert.That(training, Is.EqualTo expected)

[<Test>]
let ``comments and trailing commas are welcome`` () =
    let recipe =
        Sample.read (Sample.minimal.Replace("\"loss\": \"hinge\",", "/* or */ \"loss\": { \"name\": \"hinge\", }, // the usual"))

    Assert.That((nonNull recipe.Loss).Name, Is.EqualTo "hinge")

[<Test>]
let ``kimg becomes iterations, rounded up`` () =
    Assert.That((Sample.read (Sample.training "\"kimg\": 1, \"batch\": 64")).Training.Iterations, Is.EqualTo 16L)

[<Test>]
let ``a recipe without a name is called like its file`` () =
    let recipe =
        Sample.readFiles [ "recipe.json", Sample.minimal.Replace("\"name\": \"digits\",", "") ] []

    Assert.That(recipe.Name, Is.EqualTo "recipe")

[<Test>]
let ``seeds use all 64 bits, and whole numbers may have an exponent`` () =
    let recipe =
        Sample.read ((Sample.training "\"iterations\": 2e4").Replace("\"name\": \"digits\"", "\"seed\": 18446744073709551615"))

    Assert.That(recipe.Seed, Is.EqualTo UInt64.MaxValue)
    Assert.That(recipe.Training.Iterations, Is.EqualTo 20000L)

[<Test>]
let ``a network without settings of its own has the default ones, and named ones fill their gaps from there`` () =
    let training =
        (Sample.read (Sample.training """"iterations": 1, "optimizers": { "default": { "rate": 1e-4 }, "generator": { "beta1": 0 } }"""))
            .Training

    Assert.That(training.Optimizer("discriminator").Rate, Is.EqualTo(Schedule.Constant 1e-4))
    Assert.That(training.Optimizer("discriminator").Beta1, Is.EqualTo 0.5)
    Assert.That(training.Optimizer("generator").Rate, Is.EqualTo(Schedule.Constant 1e-4))
    Assert.That(training.Optimizer("generator").Beta1, Is.EqualTo 0.0)

[<Test>]
let ``averaged weights lose half in their half-life`` () =
    let training =
        (Sample.read (Sample.training "\"iterations\": 1, \"batch\": 50, \"ema\": { \"halfLifeKimg\": 10 }")).Training

    Assert.That(training.EmaDecay().Value ** 200.0, Is.EqualTo(0.5).Within 1e-12)
    Assert.That((Sample.read Sample.minimal).Training.EmaDecay().HasValue, Is.False)

[<Test>]
let ``regularizers and augmentations take the keys of the host out of their options`` () =
    let recipe =
        Sample.read (
            Sample.minimalWith
                """"regularizers": [{ "name": "r1", "weight": 10, "interval": 16, "smoothing": 2 }, "r1"],
                   "augmentations": [{ "name": "flip", "strength": 0.5 }]"""
        )

    let regularizer = recipe.Regularizers[0]
    Assert.That(regularizer.Weight, Is.EqualTo(Schedule.Constant 10.0))
    Assert.That(regularizer.Interval, Is.EqualTo 16)
    Assert.That(regularizer.Component.Options.Keys, Sample.equal [ "smoothing" ])
    Assert.That(recipe.Regularizers[1].Weight, Is.EqualTo(Schedule.Constant 1.0))
    Assert.That(recipe.Regularizers[1].Component.Path, Is.EqualTo "regularizers[1]")
    Assert.That(recipe.Augmentations[0].Strength, Is.EqualTo(Schedule.Constant 0.5))
    Assert.That(recipe.Augmentations[0].Component.Options, Is.Empty)

[<Test>]
let ``no loss at all is written as none`` () =
    let text =
        Sample.minimalWith("\"regularizers\": [\"r1\"]").Replace("\"hinge\"", "\"none\"")

    let recipe = Sample.read text
    Assert.That(recipe.Loss, Is.Null)
    Assert.That(recipe.Objective, Is.Null)
    Assert.That(Recipes.ToJson recipe, Does.Contain "\"loss\": \"none\"")

[<Test>]
let ``a written recipe names every default`` () =
    let text = Recipes.ToJson(Sample.compose Sample.minimal)

    for expected in
        [
            "\"batch\": 64"
            "\"beta2\": 0.999"
            "\"keepCheckpoints\": 3"
            "\"width\": 64"
            "\"split\": \"test\""
            "\"baseline\": true"
            "\"seed\": 0"
        ] do
        Assert.That(text, Does.Contain expected)

/// Any recipe that could be read, whatever its components.
let recipes =
    let name = Gen.elements [ "mnist"; "dcgan"; "hinge"; "größer \"als\" \\ eins"; "π" ]

    let value =
        Gen.elements [ "1"; "0.1"; "true"; "\"text\""; "[1, 2, [3]]"; "{ \"a\": { \"b\": 1e300 } }" ]
        |> Gen.map JsonElement.Parse

    let choice path =
        gen {
            let! name = name
            let! keys = Gen.subListOf [ "width"; "depth"; "a.b"; "x y" ]
            let! values = Gen.listOfLength keys.Length value

            return
                {
                    Path = path
                    Name = name
                    Options = Map(Seq.zip keys values)
                }
        }

    let several path entry =
        gen {
            let! count = Gen.choose (0, 3)

            let! entries =
                [ for index in 0 .. count - 1 -> entry $"{path}[{index}]" ]
                |> Gen.sequenceToList

            return entries
        }

    let positive = Gen.choose (1, 1000)
    let unit = Gen.choose (0, 999) |> Gen.map (fun permille -> float permille / 1000.0)

    let rates =
        ScheduleTests.schedules
        |> Gen.map (fun schedule ->
            { schedule with
                From = abs schedule.From
                To = abs schedule.To
            })

    let optimizer =
        gen {
            let! rate = rates
            let! beta1 = unit
            let! beta2 = unit
            let! epsilon = positive

            return
                {
                    Name = "adam"
                    Rate = rate
                    Beta1 = beta1
                    Beta2 = beta2
                    Epsilon = 1.0 / float epsilon
                }
        }

    let regularizer path =
        gen {
            let! choice = choice path
            let! weight = ScheduleTests.schedules
            let! interval = positive

            return
                {
                    Component = choice
                    Weight = weight
                    Interval = interval
                }
        }

    let augmentation path =
        gen {
            let! choice = choice path
            let! strength = unit

            return
                {
                    Component = choice
                    Strength = Schedule.Constant strength
                }
        }

    let training steps pack =
        gen {
            let! iterations = positive
            let! accumulate = Gen.choose (1, 4)
            let! micro = Gen.choose (1, 16)

            let! data =
                Gen.elements [ DataPlacement.Auto; DataPlacement.Resident; DataPlacement.Streamed ]

            let! common = optimizer
            let! named = optimizer
            let! networks = Gen.subListOf [ "generator"; "discriminator"; "mapping" ]
            let! ema = Gen.optionOf (Gen.map float positive)
            let! every = Gen.listOfLength 4 (Gen.choose (0, 1000))
            let! keep = positive

            return
                {
                    Iterations = int64 iterations * 10_000_000_000L
                    Batch = accumulate * pack * micro
                    Accumulate = accumulate
                    DiscriminatorSteps = steps
                    Pack = pack
                    Data = data
                    DefaultOptimizer = common
                    Optimizers = Map [ for network in networks -> network, named ]
                    EmaHalfLifeKimg = Option.toNullable ema
                    LogEvery = every[0]
                    SnapshotEvery = every[1]
                    CheckpointEvery = every[2]
                    EvaluateEvery = every[3]
                    KeepCheckpoints = keep
                }
        }

    gen {
        let! name = name
        let! seed = ArbMap.generate<uint64> ArbMap.defaults
        let! dataset = choice "dataset"
        let! architecture = choice "architecture"
        let! game = Gen.elements [ "loss"; "objective"; "none" ]
        let! chosen = choice game
        let! regularizers = several "regularizers" regularizer
        let! only = regularizer "regularizers[0]"
        let! augmentations = several "augmentations" augmentation
        let! steps = Gen.choose (1, 5)
        let! pack = Gen.choose (1, 3)

        let! training =
            if game = "objective" then
                training 1 1
            else
                training steps pack

        let! evaluation = Gen.optionOf (choice "evaluation.dataset")
        let! samples = positive
        let! baseline = ArbMap.generate<bool> ArbMap.defaults
        let! evaluators = several "evaluators" choice

        return
            {
                Name = name
                Seed = seed
                Dataset = dataset
                Architecture = architecture
                Loss = if game = "loss" then chosen else null
                Objective = if game = "objective" then chosen else null
                Regularizers =
                    match game with
                    | "objective" -> []
                    | "none" -> [ only ]
                    | _ -> regularizers
                Augmentations = augmentations
                Training = training
                Evaluation =
                    {
                        Dataset = Option.toObj evaluation
                        Samples = samples
                        Baseline = baseline
                    }
                Evaluators = evaluators
            }
    }

[<Property(MaxTest = 200)>]
let ``a recipe that is written and read again is equal`` () =
    Prop.forAll (Arb.fromGen recipes) (fun recipe -> Sample.read (Recipes.ToJson recipe) = recipe)

[<Property>]
let ``recipes that differ in one option are not equal`` () =
    Prop.forAll (Arb.fromGen recipes) (fun recipe ->
        let options =
            Map [ for option in recipe.Dataset.Options -> option.Key, option.Value ]

        let changed = options.Add("width", JsonElement.Parse "\"another\"")

        { recipe with
            Recipe.Dataset.Options = changed
        }
        <> recipe)
