namespace PluginGan.Core

open System.Collections.Generic

/// Compares the data that a checkpoint was trained on to the data that a run is to go on with.
[<AbstractClass; Sealed>]
type DataChanges =

    static member private Shown = 3

    /// "2 overwritten ('a.png', 'b.png')"; nothing for none.
    static member private Named(what: string, names: string list) =
        let quoted =
            names
            |> List.truncate DataChanges.Shown
            |> List.map (fun name -> if name = "" then "the file itself" else $"'{name}'")
            |> String.concat ", "

        let more = if names.Length > DataChanges.Shown then ", …" else ""

        if names.IsEmpty then
            []
        else
            [ $"{names.Length} {what} ({quoted}{more})" ]

    static member private Differences(was: IReadOnlyList<FileFingerprint>, now: IReadOnlyList<FileFingerprint>) =
        let byName (files: IReadOnlyList<FileFingerprint>) =
            Map [ for file in files -> file.Name, file ]

        let old, current = byName was, byName now

        let namesWhere keep (files: IReadOnlyList<FileFingerprint>) =
            [
                for file in files do
                    if keep file then
                        file.Name
            ]

        let overwritten (file: FileFingerprint) =
            match Map.tryFind file.Name old with
            | Some before -> before <> file
            | None -> false

        [
            DataChanges.Named("added", now |> namesWhere (fun file -> not (old.ContainsKey file.Name)))
            DataChanges.Named("overwritten", now |> namesWhere overwritten)
            DataChanges.Named("removed", was |> namesWhere (fun file -> not (current.ContainsKey file.Name)))
        ]
        |> List.concat
        |> String.concat ", "

    static member private Describe(data: DataFingerprint) =
        let samples = $"{data.Count} samples"

        if data.Files = 0 then
            samples
        else
            let files = if data.Files = 1 then "1 file" else $"{data.Files} files"
            let paths = data.Paths |> Seq.map (fun path -> $"'{path}'") |> String.concat ", "
            $"{samples} in {files} of {paths}"

    /// <summary>What has changed; a change is as doubtful as one of a learning rate.</summary>
    /// <param name="was">The data of the checkpoint.</param>
    /// <param name="now">The data now.</param>
    /// <param name="filesWas">The files of the checkpoint's data; null where they are no longer known.</param>
    /// <param name="filesNow">The files now.</param>
    static member Between
        (was: DataFingerprint, now: DataFingerprint, filesWas: IReadOnlyList<FileFingerprint> | null, filesNow: IReadOnlyList<FileFingerprint>)
        : IReadOnlyList<RecipeChange> =
        if was.IsOf now then
            []
        else
            let what =
                match filesWas with
                | null -> ""
                | files -> DataChanges.Differences(files, filesNow)

            let contents =
                if what <> "" then $": {what}"
                elif was.Count = now.Count then ", of another content"
                else ""

            [
                {
                    Path = "dataset"
                    Was = DataChanges.Describe was
                    Is = DataChanges.Describe now + contents
                    Kind = RecipeChangeKind.Doubtful
                }
            ]
