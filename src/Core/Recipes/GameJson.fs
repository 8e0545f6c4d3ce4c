namespace PluginGan.Core

/// What a run minimises, as far as the recipe says it.
type internal Game =
    {
        /// The loss between discriminator and generator; none where regularisers stand alone, or where the objective's usual loss is meant.
        Loss: ComponentChoice option
        /// The objective; none is the usual game of discriminator and generator.
        Objective: ComponentChoice option
    }

/// The part of a recipe that says what is minimised: "loss", "objective" or both, and what may stand beside them.
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

        // A loss that is left out beside an objective is not written; a recipe with neither has "none".
        let given (recipe: Recipe) =
            if isNull recipe.Loss && not (isNull recipe.Objective) then
                None
            else
                Some(Option.ofObj recipe.Loss)

        Fields.fields {
            let! loss =
                Fields.maybe
                    "loss"
                    given
                    (lossShape catalogue)
                    "What discriminator and generator minimise; \"none\" for regularizers alone. Beside an objective, the loss of its adversarial part: by default its usual one."

            and! objective =
                Fields.maybe
                    "objective"
                    (fun recipe -> Option.ofObj recipe.Objective)
                    objective
                    "A game with phases or networks of its own; none is the usual game of discriminator and generator."

            return
                {
                    Loss = Option.flatten loss
                    Objective = objective
                }
        }

    /// What has no effect, or is missing. Judged on what is written, so that an entry with another fault still counts.
    let misfits (catalogue: Catalogue option) root =
        let isGiven key node =
            match Node.tryFind key node with
            | None
            | Some { Value = List [] } -> false
            | Some _ -> true

        let training key =
            Node.tryFind "training" root |> Option.bind (Node.tryFind key)

        let aboveOne key =
            match training key with
            | Some({ Value = Number digits } as node) when float digits > 1.0 -> Some node.Place
            | _ -> None

        let loss = Node.tryFind "loss" root
        let isNone = loss |> Option.bind ComponentJson.nameOf = Some "none"

        /// The objective, where it is known to play no adversarial game.
        let alone =
            Node.tryFind "objective" root
            |> Option.bind ComponentJson.nameOf
            |> Option.bind (fun name ->
                catalogue
                |> Option.bind (Catalogue.tryFind ComponentKind.Objective name)
                |> Option.filter (fun description -> isNull description.Info.UsualLoss)
                |> Option.map (fun _ -> name))

        [
            if not (isGiven "loss" root || isGiven "objective" root) then
                Node.placeOf "loss" root |> Place.error "is missing; give a loss, or an objective"

            match alone with
            | None -> ()
            | Some objective ->
                let refuse fix place =
                    place
                    |> Place.error $"has no effect: objective '{objective}' has a loss of its own and plays no adversarial game; {fix}"

                for key in [ "loss"; "regularizers"; "augmentations" ] do
                    if isGiven key root then
                        Node.placeOf key root |> refuse "remove it (null takes back an inherited one)"

                match aboveOne "discriminatorSteps", training "freshDraws" with
                | Some place, _ -> place |> refuse "set it to 1"
                | _, Some { Value = Boolean true; Place = place } -> place |> refuse "remove it"
                | _ -> ()

            if isGiven "objective" root then
                match aboveOne "pack" with
                | Some place ->
                    place
                    |> Place.error "works in the usual game only, not with an objective; set it to 1, or give a loss instead of the objective"
                | None -> ()

                if isNone && alone.IsNone then
                    Node.placeOf "loss" root
                    |> Place.error "\"none\" leaves an objective without its game; leave the loss out for the objective's usual one, or name another"
            elif isNone && not (isGiven "regularizers" root) then
                Node.placeOf "loss" root
                |> Place.error "\"none\" leaves nothing to minimise: name at least one regularizer, or a loss"
        ]
