module PluginGan.Core.Tests.RecipeTests

open System
open System.Collections.Generic
open System.Text.Json
open NUnit.Framework
open FsCheck
open FsCheck.FSharp
open FsCheck.NUnit
open PluginGan
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
            FreshDraws = false
            Pack = 1
            Data = DataPlacement.Auto
            Precision = Precision.Auto
            MemoryFormat = MemoryFormat.Auto
            DefaultOptimizer = OptimizerSettings.Default
            Optimizers = Map.empty
            Ema = null
            Health = HealthSettings.Default
            LogEvery = 50
            SnapshotEvery = 500
            CheckpointEvery = 1000
            EvaluateEvery = 0
            Retention = RetentionSettings.OfLatest 3
            Patience = System.Nullable()
        }

    Assert.That(training, Is.EqualTo expected)

[<Test>]
let ``comments and trailing commas are welcome`` () =
    let recipe =
        Sample.read (Sample.minimal.Replace("\"loss\": \"hinge\",", "/* or */ \"loss\": { \"name\": \"hinge\", }, // the usual"))

    Assert.That((nonNull recipe.Loss).Name, Is.EqualTo "hinge")

[<Test>]
let ``a byte order mark and line ends of any kind change nothing`` () =
    let commented = Sample.minimal.Replace("\"loss\"", "// the usual\n  \"loss\"")
    let recipe = Sample.read Sample.minimal

    for text in
        [
            "\uFEFF" + commented
            commented.Replace("\n", "\r\n")
            "\uFEFF" + commented.Replace("\n", "\r\n")
        ] do
        Assert.That(Sample.read text, Is.EqualTo recipe)

[<Test>]
let ``kimg becomes iterations, rounded up`` () =
    // 15.6, 10.4 and exactly 10.
    for batch, iterations in [ 64, 16L; 96, 11L; 100, 10L ] do
        Assert.That((Sample.read (Sample.training $"\"kimg\": 1, \"batch\": {batch}")).Training.Iterations, Is.EqualTo iterations)

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

let private optimizers (settings: string) =
    (Sample.compose (Sample.training $"\"iterations\": 1, \"optimizers\": {settings}")).Training

let private number name (settings: OptimizerSettings) =
    settings.Component.Options[name].GetDouble()

[<Test>]
let ``a network without settings of its own has the default ones, and named ones fill their gaps from there`` () =
    let training =
        optimizers """{ "default": { "rate": 1e-4, "beta2": 0.9, "clip": 1 }, "generator": { "beta1": 0 } }"""

    let discriminator, generator =
        training.Optimizer "discriminator", training.Optimizer "generator"

    Assert.That(discriminator.Rate, Is.EqualTo(Schedule.Constant 1e-4))
    Assert.That(number "beta1" discriminator, Is.EqualTo 0.5)
    Assert.That(generator.Rate, Is.EqualTo(Schedule.Constant 1e-4))
    Assert.That(number "beta1" generator, Is.EqualTo 0.0)
    Assert.That(number "beta2" generator, Is.EqualTo 0.9)
    Assert.That((nonNull generator.Clip).Threshold, Is.EqualTo 1.0)

[<Test>]
let ``a network with another rule takes rate and clipping from the default, but none of its options`` () =
    let training =
        optimizers """{ "default": { "rate": 1e-4, "beta1": 0.9, "clip": { "by": "adaptive", "threshold": 0.01 } }, "generator": "sgd" }"""

    let generator = training.Optimizer "generator"
    Assert.That(generator.Component.Name, Is.EqualTo "sgd")
    Assert.That(generator.Component.Options.Keys, Sample.equal [ "momentum" ])
    Assert.That(generator.Rate, Is.EqualTo(Schedule.Constant 1e-4))
    Assert.That((nonNull generator.Clip).Kind, Is.EqualTo GradientClipKind.Adaptive)

[<Test>]
let ``an optimizer can do without the clipping of the default`` () =
    let training =
        optimizers """{ "default": { "clip": { "by": "value", "threshold": 0.5 } }, "generator": { "clip": "none" } }"""

    Assert.That(training.Optimizer("generator").Clip, Is.Null)
    Assert.That((nonNull (training.Optimizer "discriminator").Clip).Kind, Is.EqualTo GradientClipKind.Value)

[<Test>]
let ``what is wrong with the default optimizer is said once`` () =
    let recipe =
        Sample.training "\"iterations\": 1, \"optimizers\": { \"default\": { \"rate\": -1 }, \"generator\": { \"beta1\": 0 } }"

    Assert.That(
        Sample.messagesOf (fun () -> Sample.compose recipe),
        Sample.equal
            [
                "recipe.json: training.optimizers.default.rate: must be at least 0, but is -1"
            ]
    )

[<Test>]
let ``an option may follow a schedule`` () =
    let training =
        optimizers """{ "default": { "beta2": { "shape": "cosine", "from": 0.9, "to": 0.99, "end": 100, "unit": "kimg" } } }"""

    let beta2 = Schedules.Read(training.DefaultOptimizer.Component.Options["beta2"])
    Assert.That(beta2.At(TrainingTime(0L, 50.0, 0.5)), Is.EqualTo(0.945).Within 1e-12)

let private ema (settings: string) =
    nonNull (Sample.read (Sample.training $"\"iterations\": 1, \"batch\": 50, \"ema\": {settings}")).Training.Ema

[<Test>]
let ``averaged weights lose half in their half-life`` () =
    let decay = (ema "{ \"halfLifeKimg\": 10 }").Decay(50, ScheduleTests.at 0.5)
    Assert.That(decay ** 200.0, Is.EqualTo(0.5).Within 1e-12)

[<Test>]
let ``the half-life of averages may follow a schedule and ramp up with the samples seen`` () =
    let scheduled =
        ema """{ "halfLifeKimg": { "shape": "linear", "from": 0, "to": 20, "end": 100, "unit": "kimg" } }"""

    let ramped = ema """{ "halfLifeKimg": 10, "rampUp": 0.05 }"""
    let after kimg = TrainingTime(1L, kimg, 0.0)
    Assert.That(scheduled.Decay(50, after 50.0) ** 200.0, Is.EqualTo(0.5).Within 1e-12)
    Assert.That(scheduled.Decay(50, after 0.0), Is.Zero)
    Assert.That(ramped.Decay(50, after 0.0), Is.Zero)
    Assert.That(ramped.Decay(50, after 100.0) ** 100.0, Is.EqualTo(0.5).Within 1e-12)
    Assert.That(ramped.Decay(50, after 1e6) ** 200.0, Is.EqualTo(0.5).Within 1e-12)

[<TestCase("\"precision\": \"auto\"", SampleKind.Image, true, true, Precision.Bf16, MemoryFormat.ChannelsLast)>]
[<TestCase("\"precision\": \"auto\"", SampleKind.Image, true, false, Precision.Fp32, MemoryFormat.ChannelsLast)>]
[<TestCase("\"precision\": \"auto\"", SampleKind.Vector, true, true, Precision.Fp32, MemoryFormat.ChannelsLast)>]
[<TestCase("\"precision\": \"auto\"", SampleKind.Image, false, true, Precision.Fp32, MemoryFormat.Contiguous)>]
[<TestCase("\"precision\": \"fp32\"", SampleKind.Image, true, true, Precision.Fp32, MemoryFormat.ChannelsLast)>]
[<TestCase("\"precision\": \"bf16\"", SampleKind.Image, false, false, Precision.Bf16, MemoryFormat.ChannelsLast)>]
[<TestCase("\"precision\": \"fp32\", \"memoryFormat\": \"contiguous\"",
           SampleKind.Image,
           true,
           true,
           Precision.Fp32,
           MemoryFormat.Contiguous)>]
let ``what is chosen depends on recipe, data and machine, and is written into the recipe``
    (settings: string)
    (sample: SampleKind)
    (onCpu: bool)
    (nativeBf16: bool)
    (precision: Precision)
    (format: MemoryFormat)
    =
    let recipe = Sample.compose (Sample.training $"\"iterations\": 1, {settings}")
    let chosen = recipe.With(recipe.Training.Choose(sample, onCpu, nativeBf16))
    Assert.That((chosen.Training.Precision, chosen.Training.MemoryFormat), Is.EqualTo((precision, format)))
    Assert.That(Sample.compose (Recipes.ToJson chosen), Is.EqualTo chosen)
    Assert.That(chosen.Training.Choose(sample, not onCpu, not nativeBf16), Is.EqualTo chosen.Training, "what is chosen stays")

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

    let clip =
        gen {
            let! kind =
                Gen.elements [ GradientClipKind.Norm; GradientClipKind.Value; GradientClipKind.Adaptive ]

            let! threshold = positive

            return
                ({
                    Kind = kind
                    Threshold = float threshold
                }
                : GradientClip)
        }

    let rates = Gen.map float positive |> ScheduleTests.schedulesOf

    let optimizer network =
        gen {
            let! rate = rates
            let! clip = Gen.optionOf clip
            // A rule of its own for each network: of the same rule the options of the default would fill the gaps.
            let! choice = choice $"training.optimizers.{network}"

            return
                {
                    Component =
                        { choice with
                            Name = $"rule of {network}"
                        }
                    Rate = rate
                    Clip = Option.toObj clip
                }
        }

    let averaging =
        gen {
            let! halfLife = rates
            let! rampUp = Gen.optionOf (Gen.map float positive)

            return
                {
                    HalfLifeKimg = halfLife
                    RampUp = Option.toNullable rampUp
                }
        }

    let health =
        gen {
            let! policies =
                Gen.elements
                    [
                        HealthPolicy.Off
                        HealthPolicy.Warn
                        HealthPolicy.Stop
                        HealthPolicy.RollBack
                    ]
                |> Gen.listOfLength 7

            return
                {
                    NonFinite = policies[0]
                    Divergence = policies[1]
                    VanishingGradients = policies[2]
                    Dominance = policies[3]
                    Oscillation = policies[4]
                    Collapse = policies[5]
                    Stall = policies[6]
                }
        }

    let regularizer path =
        gen {
            let! choice = choice path
            let! weight = ScheduleTests.schedulesOf (Gen.map float positive)
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

    let training steps pack fresh =
        gen {
            let! iterations = positive
            let! accumulate = Gen.choose (1, 4)
            let! micro = Gen.choose (1, 16)

            let! data =
                Gen.elements [ DataPlacement.Auto; DataPlacement.Resident; DataPlacement.Streamed ]

            let! precision = Gen.elements [ Precision.Auto; Precision.Fp32; Precision.Bf16 ]

            let! format =
                Gen.elements [ MemoryFormat.Auto; MemoryFormat.Contiguous; MemoryFormat.ChannelsLast ]

            let! common = optimizer "default"
            let! networks = Gen.subListOf [ "generator"; "discriminator"; "mapping" ]
            let! named = networks |> List.map optimizer |> Gen.sequenceToList
            let! ema = Gen.optionOf averaging
            let! health = health
            let! every = Gen.listOfLength 4 (Gen.choose (0, 1000))
            let! keep = positive
            let! best = Gen.optionOf name
            let! everyKimg = Gen.optionOf (Gen.map float positive)
            let! patience = Gen.optionOf positive

            return
                {
                    Iterations = int64 iterations * 10_000_000_000L
                    Batch = accumulate * pack * micro
                    Accumulate = accumulate
                    DiscriminatorSteps = steps
                    FreshDraws = fresh
                    Pack = pack
                    Data = data
                    Precision = precision
                    MemoryFormat = format
                    DefaultOptimizer = common
                    Optimizers = Map(Seq.zip networks named)
                    Ema = Option.toObj ema
                    Health = health
                    LogEvery = every[0]
                    SnapshotEvery = every[1]
                    CheckpointEvery = every[2]
                    EvaluateEvery = every[3]
                    Retention =
                        {
                            Latest = keep
                            Best = Option.toObj best
                            EveryKimg = Option.toNullable everyKimg
                        }
                    Patience =
                        if best.IsSome && every[3] > 0 then
                            Option.toNullable patience
                        else
                            System.Nullable()
                }
        }

    gen {
        let! name = name
        let! seed = ArbMap.generate<uint64> ArbMap.defaults
        let! dataset = choice "dataset"
        let! architecture = choice "architecture"
        let! game = Gen.elements [ "loss"; "objective"; "both"; "none" ]
        let! loss = choice "loss"
        let! objective = choice "objective"
        let! regularizers = several "regularizers" regularizer
        let! only = regularizer "regularizers[0]"
        let! augmentations = several "augmentations" augmentation
        let! steps = Gen.choose (1, 5)
        let! pack = Gen.choose (1, 3)
        let! fresh = Gen.elements [ true; false ]

        let! training =
            if game = "objective" || game = "both" then
                training steps 1 fresh
            else
                training steps pack fresh

        let! evaluation = Gen.optionOf (choice "evaluation.dataset")
        let! samples = positive
        let! baseline = ArbMap.generate<bool> ArbMap.defaults
        let! floor = ArbMap.generate<bool> ArbMap.defaults
        let! resamples = Gen.choose (0, 100)
        let! extractors = several "evaluation.extractors" choice
        let! evaluators = several "evaluators" choice

        let at index (choice: ComponentChoice) =
            { choice with
                Path = $"evaluation.extractors[{index}]"
            }

        return
            {
                Name = name
                Seed = seed
                Dataset = dataset
                Architecture = architecture
                Loss = if game = "loss" || game = "both" then loss else null
                Objective = if game = "objective" || game = "both" then objective else null
                Regularizers =
                    match game with
                    | "none" -> [ only ]
                    | _ -> regularizers
                Augmentations = augmentations
                Training = training
                Evaluation =
                    {
                        Dataset = Option.toObj evaluation
                        Samples = samples
                        Baseline = baseline
                        Extractors = extractors |> Seq.distinctBy _.Name |> List.ofSeq |> List.mapi at
                        Floor = floor
                        Resamples = resamples
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
