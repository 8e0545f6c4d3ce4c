namespace PluginGan.Core

open System
open System.Collections.Generic
open System.Text.Json

/// The options of a recipe's training data that say where files lie: another value with the same files behind it changes nothing.
[<AbstractClass; Sealed>]
type DataPaths =

    static member private Within(catalogue: Catalogue, path: string, name: string, options: (string * JsonElement) list) : string list =
        let kinds =
            Catalogue.tryFind ComponentKind.Dataset name catalogue
            |> Option.map (fun description -> Map [ for option in description.Options -> option.Name, option.Kind ])
            |> Option.defaultValue Map.empty

        [
            for option, value in options do
                let place = Place.key option path

                match Map.tryFind option kinds, value.ValueKind with
                | Some OptionKind.Path, _ -> place
                | Some OptionKind.Dataset, JsonValueKind.Object ->
                    let inner = [ for entry in value.EnumerateObject() -> entry.Name, entry.Value ]

                    let named =
                        inner
                        |> List.tryPick (fun (key, value) ->
                            if key = "name" then
                                Option.ofObj (value.GetString())
                            else
                                None)

                    yield! DataPaths.Within(catalogue, place, Option.defaultValue "" named, inner)
                | _ -> ()
        ]

    /// <summary>Whether a change is only one of where the training data lies.</summary>
    /// <param name="change">The change.</param>
    /// <param name="recipe">The recipe to go on with.</param>
    /// <param name="catalogue">The known components.</param>
    static member IsMoved(change: RecipeChange, recipe: Recipe, catalogue: IReadOnlyList<ComponentDescription>) : bool =
        let options = [ for option in recipe.Dataset.Options -> option.Key, option.Value ]

        DataPaths.Within(List.ofSeq catalogue, "dataset", recipe.Dataset.Name, options)
        |> List.exists (fun path -> change.Path = path || change.Path.StartsWith(path + "[", StringComparison.Ordinal))
