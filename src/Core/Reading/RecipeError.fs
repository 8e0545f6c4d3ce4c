namespace PluginGan.Core

open System

/// One thing that is wrong with a recipe.
type RecipeError =
    {
        /// The file that says it, or the override that does; empty if it came from no file.
        File: string
        /// The JSON path, such as "regularizers[0].weight"; empty if the whole file is meant.
        Path: string
        /// The line of the value, from 1, where it is known.
        Line: Nullable<int>
        /// The column of the value in its line, from 1, where it is known.
        Column: Nullable<int>
        /// What is wrong, and what would be right.
        Message: string
    }

    /// "file: path: message"; without a path, the line and column stand behind the file.
    override this.ToString() =
        let position =
            if this.Path = "" && this.Line.HasValue then
                $":{this.Line}:{this.Column}"
            else
                ""

        [ Shown.short this.File + position; Shown.short this.Path; this.Message ]
        |> List.filter (fun part -> part <> "")
        |> String.concat ": "

/// Where a value was written.
type internal Place =
    {
        File: string
        Path: string
        Line: Nullable<int>
        Column: Nullable<int>
    }

module internal Place =

    /// A file or a path of which the line is not known.
    let create file path : Place =
        {
            File = file
            Path = path
            Line = Nullable()
            Column = Nullable()
        }

    let key (name: string) path =
        if path = "" then name else $"{path}.{name}"

    let index (position: int) path = $"{path}[{position}]"

    let error message (place: Place) : RecipeError =
        {
            File = place.File
            Path = place.Path
            Line = place.Line
            Column = place.Column
            Message = message
        }
