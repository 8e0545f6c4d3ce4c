namespace PluginGan.Core

open System.Text.Json

/// The data that a run is evaluated on where the recipe names none.
module internal EvaluationData =

    /// The other split of the training data, if it knows "train" and "test", else the training data itself.
    let private otherSplit catalogue (dataset: ComponentChoice) =
        let hasSplits =
            Catalogue.tryFind ComponentKind.Dataset dataset.Name catalogue
            |> Option.exists (fun description ->
                description.Options
                |> Seq.exists (fun option ->
                    option.Name = "split"
                    && option.Kind = OptionKind.Choice
                    && not option.IsList
                    && Seq.contains "train" option.Choices
                    && Seq.contains "test" option.Choices))

        let given =
            match dataset.Options.TryGetValue "split" with
            | true, split when hasSplits -> split.GetString()
            | _ -> null

        let flipped =
            match given with
            | "train" -> Some "test"
            | "test" -> Some "train"
            | _ -> None

        match flipped with
        | Some split ->
            let others =
                [
                    for option in dataset.Options do
                        if option.Key <> "split" then
                            option.Key, option.Value
                ]

            { dataset with
                Options = Map(("split", JsonSerializer.SerializeToElement split) :: others)
            }
        | None -> dataset

    /// The recipe with its evaluation data named.
    let fill catalogue (recipe: Recipe) =
        if isNull recipe.Evaluation.Dataset then
            let dataset =
                { otherSplit catalogue recipe.Dataset with
                    Path = "evaluation.dataset"
                }

            { recipe with
                Recipe.Evaluation.Dataset = dataset
            }
        else
            recipe
