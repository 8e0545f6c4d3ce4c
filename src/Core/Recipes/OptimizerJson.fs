namespace PluginGan.Core

open System
open PluginGan
open PluginGan.Core.Fields

/// The part of a recipe under "training.optimizers": one optimizer for each network that is named, and "default" for all others.
module internal OptimizerJson =

    let private clip: Shape<GradientClip | null> =
        let threshold = Shape.number |> Shape.above 0.0

        let kinds =
            Shape.choice
                [
                    "norm", GradientClipKind.Norm
                    "value", GradientClipKind.Value
                    "adaptive", GradientClipKind.Adaptive
                ]

        let whole: Shape<GradientClip> =
            fields {
                let! kind =
                    Fields.optional "by" (fun (clip: GradientClip) -> clip.Kind) kinds GradientClipKind.Norm "What is bounded."

                and! threshold =
                    Fields.required
                        "threshold"
                        (fun (clip: GradientClip) -> clip.Threshold)
                        threshold
                        "The bound: a norm, a value, or a share of the weights' norm (adaptive, usually 0.01)."

                return ({ Kind = kind; Threshold = threshold }: GradientClip)
            }
            |> Fields.shape

        {
            Read =
                fun node ->
                    match node.Value with
                    | Text "none" -> Draft.ok null
                    | Number _ ->
                        threshold.Read node
                        |> Draft.map (fun norm ->
                            ({
                                Kind = GradientClipKind.Norm
                                Threshold = norm
                            }
                            : GradientClip))
                    | Object _ -> whole.Read node |> Draft.map (fun clip -> clip)
                    | _ -> Shape.mismatch "\"none\", a number (the greatest norm), or an object with by and threshold" node
            Write =
                fun clip ->
                    match clip with
                    | null -> Json.value "none"
                    | clip -> whole.Write clip
            Schema =
                fun () ->
                    Json.object
                        [
                            "anyOf",
                            Json.array
                                [
                                    Json.object [ "const", Json.value "none" ]
                                    threshold.Schema()
                                    whole.Schema()
                                ]
                        ]
        }

    let private host: Fields<OptimizerSettings, ComponentChoice -> OptimizerSettings> =
        fields {
            let! rate =
                Fields.optional
                    "rate"
                    _.Rate
                    (ScheduleJson.ofValue (Shape.number |> Shape.atLeast 0.0))
                    OptimizerSettings.Default.Rate
                    "The learning rate, which may follow a schedule."

            and! clip =
                Fields.optional "clip" _.Clip clip null "How gradients are clipped: a number is the greatest norm."

            return
                fun choice ->
                    {
                        Component = choice
                        Rate = rate
                        Clip = clip
                    }
        }

    let private hostKeys = List.map fst host.Properties

    let private child key node =
        Node.tryFind key node
        |> Option.defaultValue
            {
                Place = Node.placeOf key node
                Value = Value.Object []
            }

    /// The rule is named even where only its options or its rate are given.
    let private named name node =
        match node.Value, ComponentJson.nameOf node with
        | Object entries, None when (Node.tryFind "name" node).IsNone ->
            let name =
                {
                    Place = Node.placeOf "name" node
                    Value = Text name
                }

            { node with
                Value = Value.Object(("name", name) :: List.filter (fun (key, _) -> key <> "name") entries)
            }
        | _ -> node

    /// What a network leaves out it takes from the default: all of it if the rule is the same, else what is not the rule's.
    let private completed common node =
        let isSameRule =
            match ComponentJson.nameOf node with
            | None -> true
            | own -> own = ComponentJson.nameOf common

        match node.Value with
        | Object own ->
            let taken =
                Node.entries common
                |> List.filter (fun (key, _) ->
                    (isSameRule || List.contains key hostKeys)
                    && not (List.exists (fun (name, _) -> name = key) own))

            { node with
                Value = Value.Object(taken @ own)
            }
        | _ -> node

    /// Errors of what was taken from the default are reported there.
    let private ownErrors node (Draft(value, errors)) =
        let isOwn (error: RecipeError) =
            error.Path.StartsWith(node.Place.Path, StringComparison.Ordinal)

        Draft(value, List.filter isOwn errors)

    /// The optimizer for networks that are not named, and those of the named ones.
    let optimizers catalogue : Fields<TrainingSettings, OptimizerSettings * Map<string, OptimizerSettings>> =
        let shape: Shape<OptimizerSettings> =
            ComponentJson.joined catalogue ComponentKind.Optimizer _.Component host

        let read node =
            let common = child "default" node |> named OptimizerSettings.Default.Component.Name

            let networks =
                [
                    for network, settings in Node.entries node do
                        if network <> "default" && settings.Value <> Null then
                            completed common settings
                            |> shape.Read
                            |> ownErrors settings
                            |> Draft.map (fun settings -> network, settings)
                ]
                |> Draft.survivors
                |> Draft.map Map

            Draft.both (shape.Read common) networks

        {
            Read =
                fun training ->
                    let node = child "optimizers" training

                    match node.Value with
                    | Object _ -> read node
                    | _ -> Shape.mismatch "an object that maps networks to optimizers" node
            Write =
                fun training ->
                    let all =
                        ("default", training.DefaultOptimizer)
                        :: [ for entry in training.Optimizers -> entry.Key, entry.Value ]

                    [
                        "optimizers", Json.object [ for network, settings in all -> network, shape.Write settings ]
                    ]
            Properties =
                [
                    "optimizers",
                    fun () ->
                        Json.object
                            [
                                "type", Json.value "object"
                                "additionalProperties", shape.Schema()
                                "description",
                                Json.value "Optimizers by network; 'default' is for all others, which take from it what they leave out."
                            ]
                ]
        }
