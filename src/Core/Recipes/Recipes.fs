namespace PluginGan.Core

open System
open System.Collections.Generic
open System.IO
open System.Text.Encodings.Web
open System.Text.Json

module internal RecipeReading =

    /// The tree of a recipe, with all that it extends and all overrides.
    let tree file overrides read =
        Inheritance.load read file |> Draft.bind (Override.applyAll overrides)

    let outline (catalogue: Catalogue option) tree =
        Fields.read (RecipeJson.recipe (string (Path.GetFileNameWithoutExtension tree.Place.File)) catalogue) tree

    /// What keeps the name, the recipe's own or that of its file, from naming a run.
    let nameFaults tree =
        match Node.tryFind "name" tree with
        | Some { Value = Text name; Place = place } ->
            RunName.Fault name
            |> Option.ofObj
            |> Option.map (fun fault -> Place.error fault place)
        // Another error.
        | Some _ -> None
        | None ->
            RunName.Fault(string (Path.GetFileNameWithoutExtension tree.Place.File))
            |> Option.ofObj
            |> Option.map (fun fault ->
                Node.placeOf "name" tree
                |> Place.error $"is missing, and the file's own {fault}")
        |> Option.toList

    /// The whole recipe; only where nothing is wrong is there surely one.
    let complete (outline: Outline) = Draft(outline.Recipe, [])

/// Reads and writes recipes without knowing their components: what a run directory keeps. See Composition for what a person wrote.
[<AbstractClass; Sealed>]
type Recipes =

    /// The most characters that a recipe may have.
    static member Longest = Inheritance.longest

    /// <summary>Reads a recipe. Components and their options are taken as they stand.</summary>
    /// <param name="file">The recipe's path, handed to <paramref name="read"/>.</param>
    /// <param name="overrides">Changes such as "training.batch=128", in order. A value is JSON where it parses as such, else text.</param>
    /// <param name="read">
    /// Gives the text of a file, or throws as File.ReadAllText does. Extended recipes are asked for relative to the file that extends them.
    /// </param>
    /// <exception cref="T:PluginGan.Core.RecipeException">Anything is wrong; it lists everything.</exception>
    static member Read(file: string, overrides: IReadOnlyList<string>, read: Func<string, string>) : Recipe =
        RecipeReading.tree file overrides read
        |> Draft.bind (RecipeReading.outline None)
        |> Draft.bind RecipeReading.complete
        |> Draft.orRaise

    /// The recipe as indented JSON with every default written out. Reading it gives an equal recipe.
    static member ToJson(recipe: Recipe) : string =
        let options =
            JsonSerializerOptions(WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping)

        (Fields.write (RecipeJson.recipe "" None) recipe).ToJsonString options
