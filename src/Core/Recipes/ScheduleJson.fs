namespace PluginGan.Core

open PluginGan

/// Schedules in a recipe: a number; an object that says how it moves; or an object with segments, one behind the other.
module internal ScheduleJson =

    let private units =
        Shape.choice
            [
                "share", ScheduleUnit.Share
                "iterations", ScheduleUnit.Iterations
                "kimg", ScheduleUnit.Kimg
            ]

    let private unit (get: 'T -> ScheduleUnit) =
        Fields.optional
            "unit"
            get
            units
            ScheduleUnit.Share
            "What times are counted in: shares of the run, iterations, or thousands of real samples."

    let private readUnit node =
        (unit id).Read node |> Draft.map (fun unit -> unit, node)

    let private readSegments unit value items =
        let shape = SegmentJson.entry unit value
        let last = List.length items - 1

        let next (before, drafts) (index, node) =
            let draft =
                Fields.read shape node
                |> Draft.bind (fun entry ->
                    match SegmentJson.keys node entry with
                    | [] -> SegmentJson.build unit before (index = last) node entry
                    | errors -> Draft(None, errors))

            let reached = Draft.value draft |> Option.map _.End
            Option.orElse before reached, draft :: drafts

        let _, drafts = items |> List.indexed |> List.fold next (None, [])

        let complete segments =
            List.length segments = List.length items

        drafts
        |> List.rev
        |> Draft.survivors
        |> Draft.bind (fun segments ->
            if complete segments then
                Draft.ok (Schedule(unit, segments))
            else
                Draft(None, []))

    let private several value node =
        readUnit node
        |> Draft.bind (fun (unit, node) ->
            match Node.tryFind "segments" node with
            | Some { Value = List(_ :: _ as items) } ->
                readSegments unit value items
                |> Draft.blame (Fields.unknown [ "unit"; "segments" ] node)
            | Some other -> Shape.mismatch "a list of segments, at least one" other
            | None -> Draft.failAt (Node.placeOf "segments" node) "is missing")

    /// A line from 0 in front: the start of what follows is then its end.
    let private warmUp unit node (schedule: Schedule) =
        let shape = SegmentJson.time unit |> Shape.above 0.0
        let found = Node.tryFind "warmUp" node

        match found with
        | None -> Draft.ok schedule
        | Some child ->
            shape.Read child
            |> Draft.bind (fun length ->
                let first = schedule.Segments[0]

                let start =
                    if (Node.tryFind "start" node).IsSome then
                        first.Start
                    else
                        length

                if start <> length then
                    Draft.failAt (Node.placeOf "start" node) $"must be {length}, where the warm-up ends, but is {start}; leave 'start' out"
                elif length >= first.End then
                    Draft.failAt child.Place $"must be below 'end' ({first.End}), but is {length}"
                else
                    let moved =
                        ScheduleSegment(first.Shape, first.From, first.To, length, first.End, Factor = first.Factor, Every = first.Every)

                    Draft.ok (Schedule(unit, [ ScheduleSegment(ScheduleShape.Linear, 0.0, first.From, 0.0, length); moved ])))

    let private single value node =
        readUnit node
        |> Draft.bind (fun (unit, node) ->
            let inner =
                { node with
                    Value =
                        Value.Object(
                            Node.entries node
                            |> List.filter (fun (key, _) -> key <> "unit" && key <> "warmUp")
                        )
                }

            readSegments unit value [ inner ] |> Draft.bind (warmUp unit node))
        |> Draft.map (fun schedule ->
            // Whatever its times: what never changes is equal to a plain number.
            if schedule.IsConstant then
                Schedule.Constant schedule.Segments[0].From
            else
                schedule)

    /// A schedule of which every value has that shape.
    let ofValue (value: Shape<float>) : Shape<Schedule> =
        let write unit segment =
            Fields.write (SegmentJson.entry unit value) (SegmentJson.entryOf segment)

        {
            Read =
                fun node ->
                    match node.Value with
                    | Number _ -> value.Read node |> Draft.map Schedule.Constant
                    | Object _ when (Node.tryFind "segments" node).IsSome -> several value node
                    | Object _ -> single value node
                    | _ -> Shape.mismatch "a number or a schedule (an object with shape, from and to)" node
            Write =
                fun schedule ->
                    match List.ofSeq schedule.Segments with
                    | [ only ] when schedule.IsConstant -> Json.value only.From
                    | [ only ] -> write schedule.Unit only |> Json.add "unit" (units.Write schedule.Unit)
                    | segments ->
                        Json.object
                            [
                                "unit", units.Write schedule.Unit
                                "segments", segments |> List.map (write schedule.Unit) |> Json.array
                            ]
            Schema =
                fun () ->
                    // Times are judged when the recipe is read: their bounds depend on the unit.
                    let segment = SegmentJson.entry ScheduleUnit.Kimg value

                    let properties more =
                        Json.object
                            [
                                "type", Json.value "object"
                                "properties", Json.object [ for name, describe in more -> name, describe () ]
                                "additionalProperties", Json.value false
                            ]

                    let warmUp () =
                        (Shape.number |> Shape.above 0.0).Schema()
                        |> Json.add "description" (Json.value "The time in which it first rises from 0.")

                    let list () =
                        Json.object
                            [
                                "type", Json.value "array"
                                "items", Fields.schema segment
                                "minItems", Json.value 1
                            ]

                    Json.object
                        [
                            "anyOf",
                            Json.array
                                [
                                    value.Schema()
                                    properties ((unit id).Properties @ segment.Properties @ [ "warmUp", warmUp ])
                                    properties ((unit id).Properties @ [ "segments", list ])
                                ]
                        ]
        }

    let number = ofValue Shape.number
