module PluginGan.Core.Tests.HealthTests

open System.IO
open NUnit.Framework
open FsCheck
open FsCheck.FSharp
open FsCheck.NUnit
open PluginGan.Core

/// A balanced game: what every rule looks at, as it should be.
let private well =
    Map
        [
            "d/loss", 1.3
            "g/loss", 0.8
            "d/real", 0.3
            "d/fake", -0.3
            "d/separation", 0.6
            "d/diversity", 0.9
            "gradient/generator", 1.0
            "gradient/discriminator", 2.0
            "masked/generator", 0.0
            "masked/discriminator", 0.0
        ]

/// Weights always move a little.
let private entry every index (changes: (string * float) list) : ScalarEntry =
    let moving =
        Map
            [
                "weights/generator", 5.0 + 0.01 * float index
                "weights/discriminator", 6.0 + 0.02 * float index
            ]

    let values =
        (Map.toList well @ Map.toList moving @ changes)
        |> List.fold (fun values (name, value) -> Map.add name value values) Map.empty

    {
        Iteration = int64 every * int64 (index + 1)
        Values = values
    }

/// Entries every 20 iterations, each with what differs from a balanced game.
let history (changes: (string * float) list list) = changes |> List.mapi (entry 20)

let private all =
    { HealthSettings.Default with
        NonFinite = HealthPolicy.Warn
    }

/// What is found, with the iterations.
let private foundWith settings (history: ScalarEntry list) =
    history
    |> List.scan (fun (health: Health, _) entry -> health.After(entry.Iteration, entry.Values), entry.Iteration) (Health.Start settings, 0L)
    |> List.collect (fun (health, iteration) -> [ for diagnosis in health.Diagnoses -> iteration, diagnosis ])

let found history = foundWith all history

let private rules history =
    found history |> List.map (fun (_, diagnosis) -> diagnosis.Rule)

let balanced count : (string * float) list list = List.replicate count []

[<Test>]
let ``a balanced game is well`` () =
    Assert.That(rules (history (balanced 200)), Is.Empty)

[<Test>]
let ``without any scalars of a game there is nothing to say`` () =
    let regression: ScalarEntry list =
        [
            for index in 0..199 ->
                {
                    Iteration = 50L * int64 (index + 1)
                    Values = Map [ "fit/loss", 2.0 * 0.95 ** float index; "fit/accuracy", 0.9 ]
                }
        ]

    Assert.That(rules regression, Is.Empty)

[<Test>]
let ``a stage with phases of its own is judged by its own beginning`` () =
    // A network that is trained alone first, with a small gradient; then in a game, where a gradient of 20 is usual.
    let stages later : ScalarEntry list =
        [
            for index in 0..59 ->
                {
                    Iteration = 50L * int64 (index + 1)
                    Values =
                        if index < 20 then
                            Map [ "alone/loss", 0.01; "gradient/supervisor", 0.001 ]
                        else
                            Map [ "g/loss", 3.0; "gradient/supervisor", (if index < 40 then 20.0 else later) ]
                }
        ]

    Assert.That(rules (stages 20.0), Is.Empty)
    Assert.That(rules (stages 1e5), Sample.equal [ HealthRule.Divergence ])

[<Test>]
let ``a value that is not finite is found at once, and the loss is named before the gradients`` () =
    let ill =
        [ "d/loss", nan; "gradient/discriminator", nan; "masked/discriminator", 1.0 ]

    let iteration, diagnosis = found (history (balanced 3 @ [ ill ])) |> List.exactlyOne
    Assert.That((iteration, diagnosis.Rule, diagnosis.Severity), Is.EqualTo((80L, HealthRule.NonFinite, Severity.Critical)))
    Assert.That(diagnosis.Evidence, Does.Contain "d/loss")
    Assert.That(diagnosis.Remedy, Does.Contain "training.optimizers.default.rate")

[<Test>]
let ``a step that had to be masked now and then is no ill, one in five is`` () =
    let masked share =
        history (balanced 10 @ List.replicate 10 [ "masked/generator", share ])

    Assert.That(rules (masked 0.05), Is.Empty)
    Assert.That(rules (masked 0.2), Sample.equal [ HealthRule.NonFinite ])

[<Test>]
let ``one overflow in a run that logs each iteration is no ill`` () =
    let entries =
        [
            for index in 0..99 ->
                entry
                    1
                    index
                    (if index = 50 then
                         [ "d/loss", nan; "gradient/discriminator", nan; "masked/discriminator", 1.0 ]
                     else
                         [])
        ]

    Assert.That(rules entries, Is.Empty)

[<TestCase("d/loss", 500.0)>]
[<TestCase("d/loss", -500.0)>]
[<TestCase("gradient/generator", 5000.0)>]
[<TestCase("weights/discriminator", 600.0)>]
let ``what grows without bound diverges`` (name: string) (value: float) =
    let diagnosis =
        found (history (balanced 10 @ List.replicate 5 [ name, value ]))
        |> List.exactlyOne
        |> snd

    Assert.That((diagnosis.Rule, diagnosis.Severity), Is.EqualTo((HealthRule.Divergence, Severity.Critical)))
    Assert.That(diagnosis.RateFactors.Keys |> Seq.sort |> List.ofSeq, Sample.equal [ "discriminator"; "generator" ])

[<Test>]
let ``a run that explodes in its first iterations diverges, although it knows no better`` () =
    let losses = [ 30000.0; 25.0; 20.0; 10.0; 15.0; 12.0 ]
    Assert.That(rules (history [ for loss in losses -> [ "d/loss", loss ] ]), Sample.equal [ HealthRule.Divergence ])

[<Test>]
let ``the verdicts of a critic may drift, and it may tell everything apart`` () =
    let critic =
        [
            for index in 0..199 ->
                let drift = 0.5 * float index

                [
                    "d/loss", -30.0 * exp (-0.01 * float index)
                    "g/loss", 0.3 - drift
                    "d/real", drift + 30.0
                    "d/fake", drift
                    "d/separation", 1.0
                ]
        ]

    Assert.That(rules (history critic), Is.Empty)

let private won =
    [ "d/separation", 1.0; "d/loss", 0.001; "d/real", 9.0; "d/fake", -9.0 ]

[<Test>]
let ``a generator that gets no gradient from a discriminator that wins is found, with the numbers`` () =
    let diagnosis =
        found (history (balanced 10 @ List.replicate 8 (("gradient/generator", 4e-5) :: won)))
        |> List.map snd
        |> List.find (fun diagnosis -> diagnosis.Rule = HealthRule.VanishingGradients)

    Assert.That(diagnosis.Evidence, Does.Contain("4E-05").And.Contain("1/25000"))
    Assert.That(diagnosis.Remedy, Does.Contain "training.optimizers.discriminator.rate")
    Assert.That(diagnosis.RateFactors.Keys, Sample.equal [ "discriminator" ])

[<Test>]
let ``a generator that has fooled the discriminator needs no gradient`` () =
    let fooled = [ "gradient/generator", 4e-5; "d/separation", 0.5 ]
    Assert.That(rules (history (balanced 10 @ List.replicate 30 fooled)), Is.Empty)

[<Test>]
let ``a discriminator that wins at no cost dominates`` () =
    let diagnosis =
        found (history (balanced 10 @ List.replicate 12 won)) |> List.exactlyOne |> snd

    Assert.That(diagnosis.Rule, Is.EqualTo HealthRule.Dominance)
    Assert.That(diagnosis.Evidence, Does.Contain "100 %")

[<Test>]
let ``a lead that goes back and forth is found, one that settles is not`` () =
    let swinging amplitude =
        history
            [
                for index in 0..149 -> [ "d/separation", 0.6 + amplitude index * sin (float index) ]
            ]

    Assert.That(rules (swinging (fun _ -> 0.38)), Sample.equal [ HealthRule.Oscillation ])
    Assert.That(rules (swinging (fun index -> 0.38 * exp (-0.1 * float index))), Is.Empty)

[<TestCase "d/diversity">]
[<TestCase "d/spread">]
let ``samples that become all alike are found`` (name: string) =
    let diversity = [ for index in 0..39 -> [ name, 0.9 * exp (-0.2 * float index) ] ]
    Assert.That(rules (history (balanced 20 @ diversity)), Sample.equal [ HealthRule.Collapse ])

[<Test>]
let ``a generator that begins with samples all alike is given time to spread them`` () =
    let slow =
        [
            for index in 0..79 -> [ "d/diversity", min 0.9 (0.005 * exp (0.1 * float index)) ]
        ]

    let never = List.replicate 80 [ "d/diversity", 0.005 ]
    Assert.That(rules (history slow), Is.Empty)
    Assert.That(found (history never) |> List.map fst, Sample.equal [ 1000L ])

[<Test>]
let ``weights that stand still while they are trained are found, those that are not trained may`` () =
    let still = [ "weights/discriminator", 6.0 ]

    let untrained =
        history (List.replicate 30 still)
        |> List.map (fun entry ->
            { entry with
                Values =
                    Map
                        [
                            for value in entry.Values do
                                if value.Key <> "gradient/discriminator" then
                                    value.Key, value.Value
                        ]
            })

    let diagnosis = found (history (List.replicate 30 still)) |> List.exactlyOne |> snd
    Assert.That(diagnosis.Rule, Is.EqualTo HealthRule.Stall)
    Assert.That(diagnosis.Remedy, Does.Contain "training.optimizers.discriminator.rate")
    Assert.That(rules untrained, Is.Empty)

[<Test>]
let ``what is wrong is told when it begins, and again only after it was over`` () =
    let episode = List.replicate 40 won

    let iterations =
        found (history (balanced 10 @ episode @ balanced 10 @ episode)) |> List.map fst

    Assert.That(iterations, Sample.equal [ 400L; 1400L ])

[<Test>]
let ``what hovers at the limit is told once`` () =
    let hovering =
        [
            for index in 0..199 -> ("d/separation", (if index % 15 = 0 then 0.985 else 1.0)) :: won.Tail
        ]

    Assert.That(rules (history (balanced 10 @ hovering)), Sample.equal [ HealthRule.Dominance ])

[<Test>]
let ``a rule that is off is silent, and the others carry their policies`` () =
    let ill = history (balanced 10 @ List.replicate 12 won)

    Assert.That(
        foundWith
            { all with
                Dominance = HealthPolicy.Off
            }
            ill,
        Is.Empty
    )

    let policies =
        foundWith
            { all with
                Dominance = HealthPolicy.RollBack
            }
            ill
        |> List.map (fun (_, diagnosis) -> diagnosis.Policy)

    Assert.That(policies, Sample.equal [ HealthPolicy.RollBack ])

[<TestCase(HealthPolicy.Off, HealthPolicy.Stop)>]
[<TestCase(HealthPolicy.Warn, HealthPolicy.Stop)>]
[<TestCase(HealthPolicy.Stop, HealthPolicy.Stop)>]
[<TestCase(HealthPolicy.RollBack, HealthPolicy.RollBack)>]
let ``a weight that is not finite ends the run unless it is rolled back`` (policy: HealthPolicy) (expected: HealthPolicy) =
    let diagnosis =
        Health.Start({ all with NonFinite = policy }).OfBrokenWeight "networks/generator/0.weight"

    Assert.That((diagnosis.Rule, diagnosis.Policy), Is.EqualTo((HealthRule.NonFinite, expected)))
    Assert.That(diagnosis.Evidence, Does.Contain "networks/generator/0.weight")

let private recorded name =
    Path.Combine(TestContext.CurrentContext.TestDirectory, "Histories", $"{name}.jsonl")
    |> File.ReadAllLines
    |> RunEvents.ParseLines
    |> RunHistory.Fold
    |> fun summary -> List.ofSeq summary.ScalarHistory

[<TestCase "non-saturating">]
[<TestCase "least-squares">]
[<TestCase "hinge">]
[<TestCase "relativistic">]
[<TestCase "wasserstein">]
let ``runs on images that went well are left in peace`` (name: string) =
    let history = recorded name
    Assert.That(history, Has.Length.GreaterThanOrEqualTo 40)
    Assert.That(rules history, Is.Empty)

[<Test>]
let ``a run on images that went wrong is told why`` () =
    Assert.That(rules (recorded "saturating"), Is.EquivalentTo [ HealthRule.Dominance; HealthRule.VanishingGradients; HealthRule.Collapse ])

/// Histories of any kind: values of every size, some not finite, some missing.
let private histories =
    let value =
        Gen.frequency
            [
                8, Gen.choose (0, 1000) |> Gen.map (fun value -> float value / 500.0)
                1, Gen.choose (0, 12) |> Gen.map (fun power -> 10.0 ** float (power - 6))
                1, Gen.elements [ 0.0; -5.0; nan; infinity ]
            ]

    let names = well |> Map.toList |> List.map fst

    gen {
        let! length = Gen.choose (0, 120)
        let! every = Gen.elements [ 1; 7; 10; 50 ]
        let! values = Gen.listOfLength length (Gen.listOfLength names.Length value)

        return
            [
                for index, values in List.indexed values -> entry every index (List.zip names values)
            ]
    }

[<Property>]
let ``the health after a history is the same wherever a run was interrupted and resumed`` () =
    Prop.forAll (Arb.fromGen (Gen.zip histories (Gen.choose (0, 120)))) (fun (history, cut) ->
        let before, after = List.splitAt (min cut history.Length) history
        let resumed = Health.Fold(all, before)

        let rest =
            after
            |> List.scan (fun (health: Health) entry -> health.After(entry.Iteration, entry.Values)) resumed
            |> List.tail
            |> List.collect (fun health -> [ for diagnosis in health.Diagnoses -> diagnosis.Rule, diagnosis.Evidence ])

        let whole =
            found history
            |> List.filter (fun (iteration, _) -> after |> List.exists (fun entry -> entry.Iteration = iteration))
            |> List.map (fun (_, diagnosis) -> diagnosis.Rule, diagnosis.Evidence)

        rest = whole)

[<Property>]
let ``no history breaks a rule, and each diagnosis says what, where and what to do`` () =
    Prop.forAll (Arb.fromGen histories) (fun history ->
        found history
        |> List.forall (fun (_, diagnosis) ->
            diagnosis.Evidence.EndsWith '.'
            && diagnosis.Remedy.EndsWith '.'
            && diagnosis.Remedy.Contains "training."
            && diagnosis.RateFactors.Count > 0))

[<Property>]
let ``the size of the losses' unit does not matter to dominance and vanishing gradients`` () =
    let scaled factor =
        history (balanced 10 @ List.replicate 20 (("gradient/generator", 1e-4) :: won))
        |> List.map (fun entry ->
            { entry with
                Values =
                    Map
                        [
                            for value in entry.Values ->
                                value.Key,
                                if value.Key.EndsWith "loss" || value.Key.StartsWith "gradient" then
                                    factor * value.Value
                                else
                                    value.Value
                        ]
            })

    Prop.forAll (Arb.fromGen (Gen.choose (1, 50))) (fun factor -> rules (scaled (float factor)) = rules (scaled 1.0))
