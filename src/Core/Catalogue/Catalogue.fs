namespace PluginGan.Core

/// All components that the host has found; a name is unique within its kind.
type internal Catalogue = ComponentDescription list

module internal Catalogue =

    let ofKind kind (catalogue: Catalogue) =
        catalogue |> List.filter (fun description -> description.Kind = kind)

    let tryFind kind name (catalogue: Catalogue) =
        catalogue
        |> List.tryFind (fun description -> description.Kind = kind && description.Info.Name = name)

    let names (catalogue: Catalogue) = catalogue |> List.map _.Info.Name

    /// The hint that ends the message about an unknown name: what was probably meant, or else what there is.
    let hint name valid =
        match Nearest.Suggest(name, valid), valid with
        | null, [] -> "there are none"
        | null, _ -> "there are: " + String.concat ", " valid
        | nearest, _ -> $"did you mean '{nearest}'?"

    /// Says that there is no such component, and what to write instead.
    let unknown kind name (catalogue: Catalogue) =
        let otherwise =
            catalogue |> List.tryFind (fun description -> description.Info.Name = name)

        match otherwise |> Option.map _.Kind with
        | Some other ->
            let place =
                ComponentKind.key other
                |> Option.map (sprintf "; name it under '%s'")
                |> Option.defaultValue ""

            $"'{name}' is {ComponentKind.withArticle other}, not {ComponentKind.withArticle kind}{place}"
        | None -> $"there is no {ComponentKind.noun kind} named '{Shown.short name}'; {hint name (catalogue |> ofKind kind |> names)}"
