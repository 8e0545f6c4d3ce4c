module PluginGan.Core.Tests.FacadeTests

open System
open System.IO
open System.Reflection
open System.Xml.Linq
open NUnit.Framework
open PluginGan.Core

let private publicTypes = typeof<Recipe>.Assembly.GetExportedTypes()

let private members =
    BindingFlags.Public
    ||| BindingFlags.Instance
    ||| BindingFlags.Static
    ||| BindingFlags.DeclaredOnly

let rec private parts (kind: Type) =
    [
        kind
        if kind.HasElementType then
            yield! parts (nonNull (kind.GetElementType()))
        for argument in kind.GetGenericArguments() do
            yield! parts argument
    ]

let private typesOf (entry: MemberInfo) =
    match entry with
    | :? MethodInfo as method ->
        method.ReturnType
        :: [ for parameter in method.GetParameters() -> parameter.ParameterType ]
    | :? ConstructorInfo as create -> [ for parameter in create.GetParameters() -> parameter.ParameterType ]
    | :? PropertyInfo as property -> [ property.PropertyType ]
    | :? FieldInfo as field -> [ field.FieldType ]
    | _ -> []

[<Test>]
let ``no public signature shows a type of F#`` () =
    let offending =
        [
            for kind in publicTypes do
                for entry in kind.GetMembers members do
                    for shown in List.collect parts (typesOf entry) do
                        if (string shown.Namespace).StartsWith "Microsoft.FSharp" then
                            $"{kind.Name}.{entry.Name}: {shown}"
        ]

    Assert.That(offending, Is.Empty)

[<Test>]
let ``what is public is what the other rooms were promised`` () =
    let names = [ for kind in publicTypes -> kind.Name ] |> List.sort

    let expected =
        [
            "AugmentationChoice"
            "AveragingSettings"
            "BeginningAnew"
            "CheckpointFault"
            "ChosenExtractor"
            "ComponentChoice"
            "ComponentDescription"
            "ComponentKind"
            "ComponentUse"
            "Composition"
            "Curve"
            "CurveGroup"
            "Curves"
            "DataChanges"
            "DataFingerprint"
            "DataPaths"
            "DataPlacement"
            "Diagnosis"
            "DiagnosisEntry"
            "Downsampling"
            "Due"
            "EarlyStop"
            "EvaluationSettings"
            "FailureStreak"
            "FileFingerprint"
            "GradientClip"
            "GradientClipKind"
            "Headline"
            "Health"
            "HealthPolicy"
            "HealthRule"
            "HealthSettings"
            "Interval"
            "Intervals"
            "IterationPlan"
            "Liveness"
            "LivenessRecord"
            "MeasuredScore"
            "MemoryFormat"
            "Nearest"
            "OptimizerSettings"
            "OptionDescription"
            "OptionKind"
            "Plan"
            "PlannedUpdate"
            "Precision"
            "Recipe"
            "RecipeChange"
            "RecipeChangeKind"
            "RecipeChanges"
            "RecipeError"
            "RecipeException"
            "RecipeSchema"
            "Recipes"
            "RegularizerChoice"
            "Retention"
            "RetentionSettings"
            "RunEvent"
            "RunEventKind"
            "RunEvents"
            "RunHistory"
            "RunMoment"
            "RunName"
            "RunStatus"
            "RunSummary"
            "RunTimeline"
            "ScalarEntry"
            "Schedules"
            "ScoreEntry"
            "Severity"
            "StopReason"
            "TrainingSettings"
            "UnreadCheckpoint"
            "WarningEntry"
        ]

    Assert.That(names, Sample.equal expected)

[<Test>]
let ``every public type and property is documented`` () =
    let documentation =
        Path.ChangeExtension(typeof<Recipe>.Assembly.Location, ".xml") |> string

    let documented =
        (XDocument.Load documentation).Descendants(XName.Get "member")
        |> Seq.map (fun entry -> (nonNull (entry.Attribute(XName.Get "name"))).Value)
        |> Set

    let wanted =
        [
            for kind in publicTypes do
                $"T:{kind.FullName}"

                for property in kind.GetProperties members do
                    $"P:{kind.FullName}.{property.Name}"

                if kind.IsEnum then
                    for name in Enum.GetNames kind do
                        $"F:{kind.FullName}.{name}"
        ]

    Assert.That(wanted |> List.filter (fun name -> not (documented.Contains name)), Is.Empty)
