namespace PluginGan.Core

open System
open System.Collections.Generic
open System.Text.Encodings.Web
open System.Text.Json
open System.Text.Json.Nodes

/// Compares the recipe that a checkpoint was made with to the one that a run is to go on with.
[<AbstractClass; Sealed>]
type RecipeChanges private () =

    static let relaxed =
        JsonSerializerOptions(Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping)

    static let harmless =
        [
            "name"
            "evaluation"
            "evaluators"
            "training.data"
            "training.health"
            "training.logEvery"
            "training.snapshotEvery"
            "training.checkpointEvery"
            "training.evaluateEvery"
            "training.keepCheckpoints"
            "training.keepBest"
            "training.keepEveryKimg"
            "training.patience"
        ]

    // All randomness follows from the seed, kimg and the order of the data from the batch; the others are other networks or moments.
    static let impossible =
        [ "seed"; "architecture.name"; "objective"; "training.batch"; "training.pack" ]

    static let isUnder (path: string) (part: string) =
        path = part
        || path.StartsWith(part + ".", StringComparison.Ordinal)
        || path.StartsWith(part + "[", StringComparison.Ordinal)

    static let kindOf (path: string) =
        let is part = isUnder path part

        let isOptimizer =
            is "training.optimizers" && path.EndsWith(".name", StringComparison.Ordinal)

        if List.exists is harmless then
            RecipeChangeKind.Harmless
        // An objective's options are as doubtful as those of a loss; another objective is another game.
        elif is "objective" && path <> "objective" && path <> "objective.name" then
            RecipeChangeKind.Doubtful
        elif List.exists is impossible || isOptimizer then
            RecipeChangeKind.Impossible
        else
            RecipeChangeKind.Doubtful

    static let show (node: JsonNode | null) =
        match node with
        | null -> "not given"
        | node -> node.ToJsonString relaxed

    static let rec differences path (was: JsonNode | null) (now: JsonNode | null) =
        let child (key: string) (parent: JsonObject) = parent[key]

        match was, now with
        // Options of one component mean nothing to another: that it is another says it all.
        | (:? JsonObject as was), (:? JsonObject as now) when path <> "" && not (JsonNode.DeepEquals(child "name" was, child "name" now)) ->
            [ Place.key "name" path, show (child "name" was), show (child "name" now) ]
        | (:? JsonObject as was), (:? JsonObject as now) ->
            [ for entry in was -> entry.Key ] @ [ for entry in now -> entry.Key ]
            |> List.distinct
            |> List.collect (fun key -> differences (Place.key key path) (child key was) (child key now))
        | (:? JsonArray as was), (:? JsonArray as now) ->
            let item index (list: JsonArray) =
                if index < list.Count then list[index] else null

            [ 0 .. max was.Count now.Count - 1 ]
            |> List.collect (fun index -> differences (Place.index index path) (item index was) (item index now))
        | _ when JsonNode.DeepEquals(was, now) -> []
        | _ -> [ path, show was, show now ]

    /// <summary>All differences, in the order of the recipe's keys.</summary>
    /// <param name="was">The recipe that the checkpoint was made with.</param>
    /// <param name="now">The recipe to go on with.</param>
    /// <param name="iteration">How many iterations the checkpoint has done: the run cannot be made shorter than that.</param>
    static member Between(was: Recipe, now: Recipe, iteration: int64) : IReadOnlyList<RecipeChange> =
        let tree recipe =
            JsonNode.Parse(Recipes.ToJson recipe: string)

        let kind path =
            if path <> "training.iterations" then
                kindOf path
            elif now.Training.Iterations < iteration then
                RecipeChangeKind.Impossible
            else
                RecipeChangeKind.Harmless

        [
            for path, was, now in differences "" (tree was) (tree now) ->
                {
                    Path = path
                    Was = was
                    Is = now
                    Kind = kind path
                }
        ]
