/// What a diagnosis says: how grave it is, of which networks, in which numbers, and when.
module PluginGan.Core.Tests.DiagnosisTests

open NUnit.Framework
open PluginGan.Core

let private lasting count changes : (string * float) list list = List.replicate count changes

let private won = [ "d/separation", 1.0; "d/loss", 0.001 ]

let private swinging =
    [
        for index in 1..60 -> [ "d/separation", (if index % 2 = 0 then 0.1 else 0.9) ]
    ]

/// What is found after a balanced beginning, in order.
let private found changes =
    HealthTests.found (HealthTests.history (HealthTests.balanced 10 @ changes))

let private named rule diagnoses =
    diagnoses
    |> List.map snd
    |> List.find (fun (diagnosis: Diagnosis) -> diagnosis.Rule = rule)

[<Test>]
let ``what costs the run is critical, and what it may come out of is a warning`` () =
    let severity rule changes = (named rule (found changes)).Severity

    let severities =
        [
            severity HealthRule.NonFinite [ [ "d/loss", nan ] ]
            severity HealthRule.Divergence (lasting 5 [ "d/loss", 500.0 ])
            severity HealthRule.Collapse (lasting 12 [ "d/diversity", 0.01 ])
            severity HealthRule.VanishingGradients (lasting 8 (("gradient/generator", 1e-5) :: won))
            severity HealthRule.Dominance (lasting 12 won)
            severity HealthRule.Oscillation swinging
            severity HealthRule.Stall (lasting 12 [ "weights/generator", 5.0 ])
        ]

    Assert.That(severities, Sample.equal (List.replicate 3 Severity.Critical @ List.replicate 4 Severity.Warning))

[<Test>]
let ``of what is found at once the gravest comes first`` () =
    // Three points each: steps that are masked, gradients that grow, samples that have been alike for longer.
    let ill =
        [ "masked/generator", 0.5; "gradient/generator", 5000.0; "d/diversity", 0.01 ]

    let changes = lasting 7 [ "d/diversity", 0.01 ] @ lasting 3 ill

    Assert.That(
        found changes
        |> List.map (fun (iteration, diagnosis) -> iteration, diagnosis.Rule),
        Sample.equal
            [
                400L, HealthRule.NonFinite
                400L, HealthRule.Divergence
                400L, HealthRule.Collapse
            ]
    )

[<TestCase(101.4, "101")>]
[<TestCase(512.4, "512")>]
[<TestCase(5124.0, "5.12E+03")>]
let ``a number of a hundred and more is told with three digits`` (value: float) (expected: string) =
    let evidence =
        (named HealthRule.Divergence (found (lasting 5 [ "d/loss", value ]))).Evidence

    Assert.That(evidence, Does.StartWith $"d/loss is {expected},")

/// The same entries, with the scalars of a network under other names.
let private renamed (network: string) (others: string list) (changes: (string * float) list list) : ScalarEntry list =
    HealthTests.history (HealthTests.balanced 10 @ changes)
    |> List.map (fun entry ->
        { entry with
            Values =
                Map
                    [
                        for value in entry.Values do
                            if value.Key.EndsWith("/" + network) then
                                for other in others do
                                    value.Key.Replace(network, other), value.Value
                            else
                                value.Key, value.Value
                    ]
        })

let private rates rule entries =
    (named rule (HealthTests.found entries)).RateFactors.Keys
    |> Seq.sort
    |> List.ofSeq

[<Test>]
let ``every network that is called a discriminator is one, and its small gradient is none of the generator's`` () =
    let pair = [ "discriminatorA"; "discriminatorB" ]
    Assert.That(rates HealthRule.Dominance (renamed "discriminator" pair (lasting 12 won)), Sample.equal pair)

    let satisfied =
        renamed "discriminator" pair (lasting 12 (("gradient/discriminator", 1e-5) :: won))

    Assert.That(
        HealthTests.found satisfied |> List.map (fun (_, diagnosis) -> diagnosis.Rule),
        Does.Not.Contain HealthRule.VanishingGradients
    )

[<Test>]
let ``where no network is called a discriminator the rates of all are lowered`` () =
    Assert.That(rates HealthRule.Dominance (renamed "discriminator" [ "critic" ] (lasting 12 won)), Sample.equal [ "critic"; "generator" ])

[<TestCase(10, 30L)>]
[<TestCase(5, 30L)>]
[<TestCase(4, 36L)>]
[<TestCase(20, 40L)>]
let ``entries are put together until they span ten iterations`` (every: int) (expected: int64) =
    // Broken from iteration 21 on: the first point in which all is broken tells.
    let entries: ScalarEntry list =
        [
            for index in 1..40 ->
                let iteration = int64 (every * index)

                {
                    Iteration = iteration
                    Values = Map [ "d/loss", (if iteration > 20L then nan else 1.0) ]
                }
        ]

    let iteration, diagnosis = HealthTests.found entries |> List.exactlyOne
    Assert.That((iteration, diagnosis.Rule), Is.EqualTo((expected, HealthRule.NonFinite)))
