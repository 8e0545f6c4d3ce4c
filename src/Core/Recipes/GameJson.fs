namespace PluginGan.Core

/// What a run minimises.
type internal Game =
    /// A loss between discriminator and generator; none where regularisers stand alone.
    | Adversarial of ComponentChoice option
    /// An objective with phases of its own.
    | Free of ComponentChoice

/// The part of a recipe that says what is minimised: "loss" or "objective", and what may stand beside each.
module internal GameJson =

    let private lossShape catalogue : Shape<ComponentChoice option> =
        let shape = ComponentJson.plain catalogue ComponentKind.Loss

        {
            Read =
                fun node ->
                    if ComponentJson.nameOf node = Some "none" then
                        Draft.ok None |> Draft.blame (Fields.unknown [ "name" ] node)
                    else
                        shape.Read node |> Draft.map Some
            Write = Option.map shape.Write >> Option.defaultValue (Json.value "none")
            Schema =
                fun () ->
                    Json.object
                        [
                            "anyOf", Json.array [ Json.object [ "const", Json.value "none" ]; shape.Schema() ]
                        ]
        }

    let game catalogue : Fields<Recipe, Game> =
        let objective = ComponentJson.plain catalogue ComponentKind.Objective
        let loss (recipe: Recipe) = Option.ofObj recipe.Loss

        Fields.either
            (Fields.required "loss" loss (lossShape catalogue) "What discriminator and generator minimise; \"none\" for regularizers alone."
             |> Fields.writtenWhere (fun recipe -> isNull recipe.Objective)
             |> Fields.map Adversarial)
            (Fields.required "objective" (fun recipe -> nonNull recipe.Objective) objective "A whole game, in place of a loss."
             |> Fields.writtenWhere (fun recipe -> not (isNull recipe.Objective))
             |> Fields.map Free)

    /// What belongs to losses only, or is missing beside "none". Judged on what is written, so that an entry with another fault
    /// still counts.
    let misfits root =
        let isGiven key node =
            match Node.tryFind key node with
            | None
            | Some { Value = List [] } -> false
            | Some _ -> true

        let aboveOne key =
            match Node.tryFind "training" root |> Option.bind (Node.tryFind key) with
            | Some({ Value = Number digits } as node) when float digits > 1.0 -> Some node.Place
            | _ -> None

        let refuse fix place =
            place
            |> Place.error $"belongs to a loss and has no effect beside an objective; {fix}"

        [
            if isGiven "objective" root then
                if isGiven "regularizers" root then
                    Node.placeOf "regularizers" root
                    |> refuse "remove it, or give a loss instead of the objective"

                for key in [ "discriminatorSteps"; "pack" ] do
                    match aboveOne key with
                    | Some place -> place |> refuse "set it to 1, or give a loss instead of the objective"
                    | None -> ()

                match Node.tryFind "training" root |> Option.bind (Node.tryFind "freshDraws") with
                | Some { Value = Boolean true; Place = place } -> place |> refuse "remove it, or give a loss instead of the objective"
                | _ -> ()

            let isNone =
                Node.tryFind "loss" root |> Option.bind ComponentJson.nameOf = Some "none"

            if isNone && not (isGiven "regularizers" root) then
                Node.placeOf "loss" root
                |> Place.error "\"none\" leaves nothing to minimise: name at least one regularizer, or a loss"
        ]
