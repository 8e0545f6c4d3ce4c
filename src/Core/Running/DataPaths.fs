namespace PluginGan.Core

open System
open System.Collections.Generic
open System.Text.Json

/// The options of a recipe's training data that say where files lie: another value with the same files behind it changes nothing.
[<AbstractClass; Sealed>]
type DataPaths =

    static member private Within
        (catalogue: Catalogue, path: string, name: string, options: (string * JsonElement) list)
        : (string * JsonElement) list =
        let kinds =
            Catalogue.tryFind ComponentKind.Dataset name catalogue
            |> Option.map (fun description -> Map [ for option in description.Options -> option.Name, option.Kind ])
            |> Option.defaultValue Map.empty

        [
            for option, value in options do
                let place = Place.key option path

                match Map.tryFind option kinds, value.ValueKind with
                | Some OptionKind.Path, _ -> place, value
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

    static member private Of(recipe: Recipe, catalogue: IReadOnlyList<ComponentDescription>) =
        let options = [ for option in recipe.Dataset.Options -> option.Key, option.Value ]
        DataPaths.Within(List.ofSeq catalogue, "dataset", recipe.Dataset.Name, options)

    /// <summary>The places in a recipe that name a file or folder of the training data that is not there.</summary>
    /// <param name="recipe">The recipe.</param>
    /// <param name="catalogue">The known components.</param>
    /// <param name="exists">Whether there is a file or folder of that path.</param>
    static member Missing
        (recipe: Recipe, catalogue: IReadOnlyList<ComponentDescription>, exists: Func<string, bool>)
        : IReadOnlyList<string> =
        let rec missing (place, value: JsonElement) =
            match value.ValueKind with
            | JsonValueKind.String ->
                match value.GetString() with
                | null
                | "" -> []
                | path when exists.Invoke path -> []
                | _ -> [ place ]
            | JsonValueKind.Array ->
                [
                    for index, item in Seq.indexed (value.EnumerateArray()) -> Place.index index place, item
                ]
                |> List.collect missing
            | _ -> []

        DataPaths.Of(recipe, catalogue) |> List.collect missing :> _

    /// <summary>Whether a change is only one of where the training data lies.</summary>
    /// <param name="change">The change.</param>
    /// <param name="recipe">The recipe to go on with.</param>
    /// <param name="catalogue">The known components.</param>
    static member IsMoved(change: RecipeChange, recipe: Recipe, catalogue: IReadOnlyList<ComponentDescription>) : bool =
        DataPaths.Of(recipe, catalogue)
        |> List.exists (fun (path, _) ->
            change.Path = path
            || change.Path.StartsWith(path + "[", StringComparison.Ordinal))
