namespace PluginGan.Core

open System.Collections.Generic
open System.Text.Json.Nodes

/// The JSON Schema of recipes, for editors: what Composition accepts, as far as a schema can say it.
[<AbstractClass; Sealed>]
type RecipeSchema =

    /// <summary>The schema (draft 2020-12) of recipes over a catalogue.</summary>
    /// <param name="catalogue">The known components; their options are described by name.</param>
    static member Build(catalogue: IReadOnlyList<ComponentDescription>) : JsonObject =
        let schema = Fields.schema (RecipeJson.recipe "" (Some(List.ofSeq catalogue)))

        let keys names =
            names |> List.map Json.value |> Json.array

        let required names = Json.object [ "required", keys names ]

        let text description =
            Json.object [ "type", Json.value "string"; "description", Json.value description ]

        let properties = schema["properties"] |> nonNull |> _.AsObject()
        properties["$schema"] <- text "The schema of this file."
        properties["extends"] <- text "The path of a recipe that this one is laid over, relative to this file."
        // What an extending recipe leaves out may stand in the one that it extends.
        let whole =
            Json.object
                [
                    "required", keys [ "dataset"; "architecture"; "training" ]
                    "properties",
                    Json.object
                        [
                            for key in [ "dataset"; "architecture"; "loss"; "objective" ] -> key, required [ "name" ]
                        ]
                    "anyOf", Json.array [ required [ "loss" ]; required [ "objective" ] ]
                ]

        schema
        |> Json.add "$schema" (Json.value "https://json-schema.org/draft/2020-12/schema")
        |> Json.add "title" (Json.value "PluginGan recipe")
        |> Json.add "anyOf" (Json.array [ required [ "extends" ]; whole ])
        |> _.AsObject()
