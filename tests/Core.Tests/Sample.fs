/// A small catalogue and recipes over it.
module PluginGan.Core.Tests.Sample

open System
open System.Collections.Generic
open System.IO
open NUnit.Framework
open PluginGan
open PluginGan.Core

/// NUnit's equality, also where its overloads leave F# in doubt.
let equal (expected: 'T) = Is.EqualTo(box expected)

let option name kind fallback : OptionDescription =
    {
        Name = name
        Kind = kind
        IsList = false
        Choices = []
        Default = fallback
        Minimum = Nullable()
        Maximum = Nullable()
        AboveMinimum = false
        BelowMaximum = false
        Required = false
        Description = $"The {name}."
    }

let between (minimum: float) (maximum: float) option =
    { option with
        Minimum = Nullable minimum
        Maximum = Nullable maximum
    }

let choices (names: string list) fallback name =
    { option name OptionKind.Choice $"\"{fallback}\"" with
        Choices = names
    }

let info name (samples: SampleKind list) (conditions: ConditionKind list) (requires: string list) (provides: string list) =
    ComponentInfo(name, $"The {name}.", Samples = samples, Conditions = conditions, RequiredRoles = requires, ProvidedRoles = provides)

let describe kind info (options: OptionDescription list) : ComponentDescription =
    {
        Kind = kind
        Info = info
        Plugin = "Sample"
        Options = options
    }

let adversarial = [ "generator"; "discriminator" ]

let split = choices [ "train"; "test"; "all" ] "train" "split"

let catalogue: IReadOnlyList<ComponentDescription> =
    [
        describe
            ComponentKind.Dataset
            (info "mnist" [ SampleKind.Image ] [ ConditionKind.Classes ] [] [])
            [ split; option "classes" OptionKind.Integer "null" ]
        describe
            ComponentKind.Dataset
            (info "faces" [ SampleKind.Image ] [ ConditionKind.None ] [] [])
            [
                { option "folder" OptionKind.Text "null" with
                    Required = true
                }
            ]
        describe ComponentKind.Dataset (info "adult" [ SampleKind.Table ] [ ConditionKind.None ] [] []) []
        describe
            ComponentKind.Architecture
            (info "dcgan" [ SampleKind.Image ] [] [] adversarial)
            [
                option "width" OptionKind.Integer "64" |> between 8 512
                { (option "dropout" OptionKind.Number "0.5" |> between 0 1) with
                    BelowMaximum = true
                }
                option "spectralNorm" OptionKind.Boolean "false"
                choices [ "relu"; "leaky-relu" ] "relu" "activation"
                { option "channels" OptionKind.Integer "[64,128]" with
                    IsList = true
                }
                |> between 1 1024
            ]
        describe ComponentKind.Architecture (info "ctgan" [ SampleKind.Table ] [] [] adversarial) []
        describe ComponentKind.Architecture (info "vae" [ SampleKind.Image ] [] [] [ "encoder"; "decoder" ]) []
        describe ComponentKind.Loss (info "hinge" [] [] adversarial []) [ option "margin" OptionKind.Number "1" ]
        describe ComponentKind.Loss (info "wasserstein" [] [] adversarial []) []
        describe ComponentKind.Loss (info "ac-gan" [] [ ConditionKind.Classes ] adversarial []) []
        describe ComponentKind.Objective (info "elbo" [] [] [ "encoder"; "decoder" ] []) []
        describe ComponentKind.Objective (ComponentInfo("infogan", "", RequiredRoles = adversarial, UsualLoss = "wasserstein")) []
        describe ComponentKind.Regularizer (info "r1" [] [] [ "discriminator" ] []) [ option "smoothing" OptionKind.Number "0" ]
        describe ComponentKind.Augmentation (info "flip" [ SampleKind.Image ] [] [] []) []
        describe
            ComponentKind.Optimizer
            (info "adam" [] [] [] [])
            [
                option "beta1" OptionKind.Schedule "0.5" |> between 0 0.999999
                option "beta2" OptionKind.Schedule "0.999" |> between 0 0.999999
            ]
        describe ComponentKind.Optimizer (info "sgd" [] [] [] []) [ option "momentum" OptionKind.Schedule "0" ]
        describe ComponentKind.FeatureExtractor (info "lenet" [ SampleKind.Image ] [] [] []) [ option "weights" OptionKind.Text "null" ]
        describe ComponentKind.Evaluator (info "fid" [ SampleKind.Image ] [] [] []) [ option "extractor" OptionKind.Text "\"lenet\"" ]
        describe ComponentKind.Evaluator (info "reconstruction" [] [] [ "encoder" ] []) []
        describe
            ComponentKind.Dataset
            (info "stacked" [ SampleKind.Image ] [ ConditionKind.None ] [] [])
            [
                { option "of" OptionKind.Dataset "null" with
                    Required = true
                }
            ]
        describe
            ComponentKind.Dataset
            (info "numbers" [ SampleKind.Image ] [ ConditionKind.None ] [] [])
            [ option "path" OptionKind.Path "\"\"" ]
    ]

/// Reads from texts in memory; a file that is not there is a FileNotFoundException, as with File.ReadAllText.
let files (texts: (string * string) list) =
    let texts = dict texts

    Func<string, string>(fun file ->
        match texts.TryGetValue file with
        | true, text -> text
        | _ -> raise (FileNotFoundException "no such file"))

let composeFiles texts (overrides: string list) =
    Composition.Compose("recipe.json", overrides, files texts, catalogue)

let composeWith overrides text =
    composeFiles [ "recipe.json", text ] overrides

let compose text = composeWith [] text

let readFiles texts (overrides: string list) =
    Recipes.Read("recipe.json", overrides, files texts)

let read text = readFiles [ "recipe.json", text ] []

/// The errors that an attempt ends with; fails where it succeeds.
let errorsOf (attempt: unit -> 'T) : RecipeError list =
    try
        attempt () |> ignore
        failwith "expected a RecipeException"
    with :? RecipeException as error ->
        List.ofSeq error.Errors

let messagesOf attempt = errorsOf attempt |> List.map string

/// A recipe that is right.
let minimal =
    """{
  "name": "digits",
  "dataset": { "name": "mnist" },
  "architecture": "dcgan",
  "loss": "hinge",
  "training": { "iterations": 1000 }
}"""

/// The minimal recipe with further keys in front; of a key that both have, the minimal one is left out.
let minimalWith (keys: string) = minimal.TrimEnd('}') + "," + keys + "}"

/// The minimal recipe with other training settings.
let training (keys: string) =
    minimal.Replace("\"iterations\": 1000", keys)
