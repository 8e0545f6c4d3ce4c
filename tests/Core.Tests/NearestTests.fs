module PluginGan.Core.Tests.NearestTests

open NUnit.Framework
open FsCheck
open FsCheck.FSharp
open FsCheck.NUnit
open PluginGan.Core

let private names = [ "hinge"; "wasserstein"; "non-saturating"; "least-squares" ]

[<TestCase("hinje", "hinge")>]
[<TestCase("hnige", "hinge")>]
[<TestCase("Wasserstien", "wasserstein")>]
[<TestCase("nonsaturating", "non-saturating")>]
let ``a name with a slip of the pen is found`` (name: string) (expected: string) =
    Assert.That(Nearest.Suggest(name, names), Is.EqualTo expected)

[<TestCase "cyclegan">]
[<TestCase "">]
[<TestCase "h">]
let ``nothing is suggested for a name that is like none`` (name: string) =
    Assert.That(Nearest.Suggest(name, names), Is.Null)

[<Test>]
let ``of equally close names the first is suggested`` () =
    Assert.That(Nearest.Suggest("beta3", [ "beta1"; "beta2" ]), Is.EqualTo "beta1")

[<Property>]
let ``dropping any one letter of a long name still finds it`` (index: int) =
    names
    |> List.filter (fun name -> name.Length > 3)
    |> List.forall (fun name -> Nearest.Suggest(name.Remove(abs (index % name.Length), 1), names) = name)

[<Property>]
let ``a suggestion is one of the candidates`` (name: NonEmptyString) (candidates: NonEmptyString list) =
    let candidates = candidates |> List.map _.Get

    match Nearest.Suggest(name.Get, candidates) with
    | null -> true
    | found -> List.contains found candidates
