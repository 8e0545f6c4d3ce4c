namespace PluginGan.Core

open System
open PluginGan
open PluginGan.Core.Fields

/// One segment of a schedule in a recipe.
module internal SegmentJson =

    let private shapes =
        Shape.choice
            [
                "constant", ScheduleShape.Constant
                "linear", ScheduleShape.Linear
                "cosine", ScheduleShape.Cosine
                "step", ScheduleShape.Step
            ]

    /// A time within a run.
    let time unit =
        let positive = Shape.number |> Shape.atLeast 0.0

        if unit = ScheduleUnit.Share then
            Shape.atMost 1.0 positive
        else
            positive

    /// A segment as it is written: what is left out depends on where it stands.
    type Entry =
        {
            Shape: ScheduleShape
            From: float
            To: float option
            Start: float option
            End: float option
            Factor: float option
            Every: float option
        }

    let entry unit value : Fields<Entry, Entry> =
        fields {
            let! shape =
                Fields.optional "shape" _.Shape shapes ScheduleShape.Constant "How the value moves."

            and! first = Fields.required "from" _.From value "The value at the start."
            and! last = Fields.maybe "to" _.To value "The value at the end."
            and! start = Fields.maybe "start" _.Start (time unit) "When it begins to move."
            and! finish = Fields.maybe "end" _.End (time unit) "When it arrives."

            and! factor =
                Fields.maybe
                    "factor"
                    _.Factor
                    (Shape.number |> Shape.above 0.0 |> Shape.atMost 1.0)
                    "What each step multiplies the value by."

            and! every =
                Fields.maybe "every" _.Every (time unit |> Shape.above 0.0) "The time between steps."

            return
                {
                    Shape = shape
                    From = first
                    To = last
                    Start = start
                    End = finish
                    Factor = factor
                    Every = every
                }
        }

    let private describe (shape: ScheduleShape) = (string shape).ToLowerInvariant()

    /// Keys that mean nothing to the shape, or that it needs.
    let keys node (entry: Entry) =
        let needs, has =
            match entry.Shape with
            | ScheduleShape.Constant -> [], []
            | ScheduleShape.Step -> [ "factor"; "every" ], [ "factor"; "every" ]
            | _ -> [ "to" ], [ "to" ]

        [
            for key in [ "to"; "factor"; "every" ] do
                let given = (Node.tryFind key node).IsSome

                if given && not (List.contains key has) then
                    Node.placeOf key node
                    |> Place.error $"a {describe entry.Shape} schedule has no '{key}'"
                elif not given && List.contains key needs then
                    Node.placeOf key node |> Place.error "is missing"
        ]

    /// <summary>A segment, once it is known where the one before it ends.</summary>
    /// <param name="unit">The unit of the schedule.</param>
    /// <param name="before">The end of the segment before it, or none for the first.</param>
    /// <param name="isLast">Whether none follows: only then may the end be left out.</param>
    /// <param name="node">Where it stands.</param>
    /// <param name="entry">What it says.</param>
    let build unit (before: float option) isLast node (entry: Entry) =
        let start = before |> Option.orElse entry.Start |> Option.defaultValue 0.0

        let moves = entry.Shape = ScheduleShape.Linear || entry.Shape = ScheduleShape.Cosine

        let finish =
            match entry.End with
            | Some finish -> Some finish
            | None when not isLast -> None
            | None when unit = ScheduleUnit.Share -> Some 1.0
            | None when moves -> None
            | None -> Some infinity

        let gap =
            match entry.Start with
            | Some given when given <> start ->
                [
                    Node.placeOf "start" node
                    |> Place.error $"must be {start}, where the segment before it ends, but is {given}; leave 'start' out"
                ]
            | _ -> []

        match finish with
        | None -> Draft.failAt (Node.placeOf "end" node) "is missing" |> Draft.blame gap
        | Some finish when start >= finish ->
            Draft.failAt (Node.placeOf "end" node) $"must be above 'start' ({start}), but is {finish}"
            |> Draft.blame gap
        | Some finish ->
            let last =
                match entry.Shape, entry.Factor, entry.Every with
                | ScheduleShape.Step, Some factor, Some every when Double.IsFinite finish ->
                    entry.From * factor ** floor ((finish - start) / every)
                | _ -> Option.defaultValue entry.From entry.To

            ScheduleSegment(
                entry.Shape,
                entry.From,
                last,
                start,
                finish,
                Factor = Option.defaultValue 1.0 entry.Factor,
                Every = Option.defaultValue infinity entry.Every
            )
            |> Draft.ok
            |> Draft.blame gap

    /// How a segment is written.
    let entryOf (segment: ScheduleSegment) =
        let moves =
            segment.Shape = ScheduleShape.Linear || segment.Shape = ScheduleShape.Cosine

        let steps = segment.Shape = ScheduleShape.Step

        {
            Shape = segment.Shape
            From = segment.From
            To = if moves then Some segment.To else None
            Start = Some segment.Start
            End =
                if Double.IsFinite segment.End then
                    Some segment.End
                else
                    None
            Factor = if steps then Some segment.Factor else None
            Every = if steps then Some segment.Every else None
        }
