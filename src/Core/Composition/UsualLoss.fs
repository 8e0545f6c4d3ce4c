namespace PluginGan.Core

/// The loss of an objective's adversarial game where the recipe names none.
module internal UsualLoss =

    let private choose (catalogue: Catalogue) (objective: ComponentChoice) (name: string) =
        let place = Place.create "" "loss"

        match Catalogue.tryFind ComponentKind.Loss name catalogue with
        | None ->
            raise (
                RecipeException
                    [
                        Place.error
                            $"is missing: objective '{objective.Name}' is usually played with the loss '{name}', which no plugin provides; name another"
                            place
                    ]
            )
        | Some _ ->
            {
                Place = place
                Value = Value.Object [ "name", { Place = place; Value = Text name } ]
            }
            |> (ComponentJson.plain (Some catalogue) ComponentKind.Loss).Read
            |> Draft.orRaise

    /// The recipe with the loss that its objective is played with.
    let fill (catalogue: Catalogue) (recipe: Recipe) =
        match Option.ofObj recipe.Objective, recipe.Loss with
        | Some objective, null ->
            Catalogue.tryFind ComponentKind.Objective objective.Name catalogue
            |> Option.bind (fun description -> Option.ofObj description.Info.UsualLoss)
            |> Option.map (fun name ->
                { recipe with
                    Loss = choose catalogue objective name
                })
            |> Option.defaultValue recipe
        | _ -> recipe
