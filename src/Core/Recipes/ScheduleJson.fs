namespace PluginGan.Core

open PluginGan
open PluginGan.Core.Fields

/// Schedules in a recipe: a number, or an object with shape, from, to, start and end.
module internal ScheduleJson =

    let private shapes =
        Shape.choice
            [
                "constant", ScheduleShape.Constant
                "linear", ScheduleShape.Linear
                "cosine", ScheduleShape.Cosine
            ]

    let private share = Shape.number |> Shape.atLeast 0.0 |> Shape.atMost 1.0

    /// A constant has one value only, and whatever moves must say where to and have time for it.
    let private rule node (schedule: ScheduleSegment) =
        let isConstant = schedule.Shape = ScheduleShape.Constant

        [
            for key in [ "to"; "start"; "end" ] do
                if isConstant && (Node.tryFind key node).IsSome then
                    Node.placeOf key node |> Place.error $"a constant schedule has no '{key}'"
            if not isConstant && (Node.tryFind "to" node).IsNone then
                Node.placeOf "to" node |> Place.error "is missing"
            if schedule.Start >= schedule.End then
                Node.placeOf "end" node
                |> Place.error $"must be above 'start' ({schedule.Start}), but is {schedule.End}"
        ]

    let private moving value =
        let entry name (get: ScheduleSegment -> 'T) = Fields.optional name get

        fields {
            let! shape =
                entry "shape" _.Shape shapes ScheduleShape.Constant "How the value moves."

            and! start =
                entry "start" _.Start share 0.0 "The share of the run at which it begins to move."

            and! finish = entry "end" _.End share 1.0 "The share of the run at which it arrives."

            and! first =
                Fields.required "from" (fun (segment: ScheduleSegment) -> segment.From) value "The value at the start."

            and! last =
                Fields.maybe "to" (fun (segment: ScheduleSegment) -> Some segment.To) value "The value at the end."

            return ScheduleSegment(shape, first, Option.defaultValue first last, start, finish)
        }
        |> Fields.check rule

    /// A schedule of which both ends have the shape of the value.
    let ofValue (value: Shape<float>) : Shape<Schedule> =
        let moving = moving value

        {
            Read =
                fun node ->
                    match node.Value with
                    | Number _ -> value.Read node |> Draft.map Schedule.Constant
                    | Object _ -> Fields.read moving node |> Draft.map (fun segment -> Schedule(ScheduleUnit.Share, [ segment ]))
                    | _ -> Shape.mismatch "a number or a schedule (an object with shape, from and to)" node
            Write =
                fun schedule ->
                    if schedule.IsConstant then
                        Json.value schedule.Segments[0].From
                    else
                        Fields.write moving schedule.Segments[0]
            Schema = fun () -> Json.object [ "anyOf", Json.array [ value.Schema(); Fields.schema moving ] ]
        }

    let number = ofValue Shape.number
