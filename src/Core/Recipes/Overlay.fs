namespace PluginGan.Core

/// Lays one tree over another: objects are merged key by key, all else is replaced.
module internal Overlay =

    /// Options of one component mean nothing to another.
    let private changesComponent lower upper =
        (ComponentJson.standsAt upper.Place.Path
         || ComponentJson.standsWithinDataset upper.Place.Path)
        && (ComponentJson.nameOf upper).IsSome
        && ComponentJson.nameOf lower <> ComponentJson.nameOf upper

    let rec merge lower upper =
        match lower.Value, upper.Value with
        | Object below, Object above when not (changesComponent lower upper) ->
            let kept =
                below
                |> List.map (fun (key, child) ->
                    match List.tryFind (fun (name, _) -> name = key) above with
                    | Some(_, replacement) -> key, merge child replacement
                    | None -> key, child)

            let added =
                above
                |> List.filter (fun (key, _) -> not (List.exists (fun (name, _) -> name = key) below))

            { upper with
                Value = Object(kept @ added)
            }
        | _ -> upper
