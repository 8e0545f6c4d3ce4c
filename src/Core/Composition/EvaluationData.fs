namespace PluginGan.Core

open System.Collections.Generic
open System.Text.Json

/// The data that a run is evaluated on where the recipe names none.
module internal EvaluationData =

    let private isSplit (option: OptionDescription) =
        option.Name = "split"
        && option.Kind = OptionKind.Choice
        && not option.IsList
        && Seq.contains "train" option.Choices
        && Seq.contains "test" option.Choices

    let private other split =
        match split with
        | "train" -> Some "test"
        | "test" -> Some "train"
        | _ -> None

    let private nameIn (choice: JsonElement) =
        string (choice.GetProperty("name").GetString())

    /// The options, in their order, with "train" and "test" exchanged, also in those of the datasets that this one is made of.
    let rec private flip catalogue name (options: (string * JsonElement) list) =
        let kinds =
            Catalogue.tryFind ComponentKind.Dataset name catalogue
            |> Option.map (fun description -> [ for option in description.Options -> option.Name, option ])
            |> Option.defaultValue []
            |> Map

        [
            for name, value in options do
                match Map.tryFind name kinds with
                | Some option when isSplit option ->
                    let flipped =
                        other (string (value.GetString()))
                        |> Option.map JsonSerializer.SerializeToElement

                    name, Option.defaultValue value flipped
                | Some option when option.Kind = OptionKind.Dataset && not option.IsList ->
                    let nested =
                        flip catalogue (nameIn value) [ for property in value.EnumerateObject() -> property.Name, property.Value ]

                    name, JsonSerializer.SerializeToElement(Json.object [ for name, value in nested -> name, Json.value value ])
                | _ -> name, value
        ]

    /// The other split of a dataset, if it knows "train" and "test"; else the dataset itself.
    let ofOtherSplit catalogue (dataset: ComponentChoice) =
        { dataset with
            Options =
                flip (List.ofSeq catalogue) dataset.Name [ for option in dataset.Options -> option.Key, option.Value ]
                |> Map
        }

    /// The recipe with its evaluation data named: the other split of the training data.
    let fill catalogue (recipe: Recipe) =
        if isNull recipe.Evaluation.Dataset then
            { recipe with
                Recipe.Evaluation.Dataset =
                    { ofOtherSplit catalogue recipe.Dataset with
                        Path = "evaluation.dataset"
                    }
            }
        else
            recipe
