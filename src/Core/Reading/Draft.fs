namespace PluginGan.Core

/// A value as far as it could be made out, with all that is wrong with it. Unlike a Result it may hold both, so that later checks
/// still see what is right and one attempt reports the errors of every stage.
type internal Draft<'T> = Draft of value: 'T option * errors: RecipeError list

module internal Draft =

    let value (Draft(value, _)) = value

    let ok value = Draft(Some value, [])

    let fail error = Draft(None, [ error ])

    let failAt place message = fail (Place.error message place)

    let map f (Draft(value, errors)) = Draft(Option.map f value, errors)

    let both (Draft(left, leftErrors)) (Draft(right, rightErrors)) =
        Draft(Option.map2 (fun left right -> left, right) left right, leftErrors @ rightErrors)

    let bind f (Draft(value, errors)) =
        match value with
        | None -> Draft(None, errors)
        | Some value ->
            let (Draft(next, later)) = f value
            Draft(next, errors @ later)

    /// Those values that could be made out, with the errors of all.
    let survivors drafts =
        let values = drafts |> List.choose value
        let errors = drafts |> List.collect (fun (Draft(_, errors)) -> errors)
        Draft(Some values, errors)

    /// Always has a value: none where there was none.
    let attempt (Draft(value, errors)) = Draft(Some value, errors)

    /// Adds errors that do not depend on the value.
    let blame more (Draft(value, errors)) = Draft(value, errors @ more)

    /// Adds what a rule finds wrong with the value.
    let check rule draft =
        match value draft with
        | Some value -> blame (rule value) draft
        | None -> draft

    /// The value, at the edge to C#.
    let orRaise draft =
        match draft with
        | Draft(Some value, []) -> value
        | Draft(_, errors) -> raise (RecipeException errors)
