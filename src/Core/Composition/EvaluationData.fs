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

    /// The options with "train" and "test" exchanged, also in those of the datasets that this one is made of.
    let rec private flip catalogue name (options: IReadOnlyDictionary<string, JsonElement>) =
        let kinds =
            Catalogue.tryFind ComponentKind.Dataset name catalogue
            |> Option.map (fun description -> [ for option in description.Options -> option.Name, option ])
            |> Option.defaultValue []
            |> Map

        Map
            [
                for entry in options do
                    match Map.tryFind entry.Key kinds with
                    | Some option when isSplit option ->
                        let flipped =
                            other (string (entry.Value.GetString()))
                            |> Option.map JsonSerializer.SerializeToElement

                        entry.Key, Option.defaultValue entry.Value flipped
                    | Some option when option.Kind = OptionKind.Dataset && not option.IsList ->
                        let nested =
                            Map
                                [
                                    for property in entry.Value.EnumerateObject() -> property.Name, property.Value
                                ]

                        entry.Key, JsonSerializer.SerializeToElement(flip catalogue (nameIn entry.Value) nested)
                    | _ -> entry.Key, entry.Value
            ]

    /// The recipe with its evaluation data named: the other split of the training data, if it knows "train" and "test", else the training
    /// data itself.
    let fill catalogue (recipe: Recipe) =
        if isNull recipe.Evaluation.Dataset then
            { recipe with
                Recipe.Evaluation.Dataset =
                    { recipe.Dataset with
                        Path = "evaluation.dataset"
                        Options = flip (List.ofSeq catalogue) recipe.Dataset.Name recipe.Dataset.Options
                    }
            }
        else
            recipe
