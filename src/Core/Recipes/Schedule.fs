namespace PluginGan.Core

open System
open System.Text.Json.Nodes

/// How a scheduled value moves.
type ScheduleShape =
    /// It stays as it is.
    | Constant = 0
    /// Along a straight line.
    | Linear = 1
    /// Along half a cosine: slowly at both ends.
    | Cosine = 2

/// A number that may change in the course of a run: a learning rate, the weight of a penalty, the strength of an augmentation.
type Schedule =
    {
        /// How it moves between From and To.
        Shape: ScheduleShape
        /// The value up to Start.
        From: float
        /// The value from End on.
        To: float
        /// The share of the run at which it begins to move, 0 to 1.
        Start: float
        /// The share of the run at which it arrives, above Start, at most 1.
        End: float
    }

    /// A value that never changes.
    static member Constant(value: float) =
        {
            Shape = ScheduleShape.Constant
            From = value
            To = value
            Start = 0.0
            End = 1.0
        }

    /// A value that moves along a straight line over the whole run.
    static member Linear(from: float, ``to``: float) =
        { Schedule.Constant from with
            Shape = ScheduleShape.Linear
            To = ``to``
        }

    /// A value that moves along half a cosine over the whole run.
    static member Cosine(from: float, ``to``: float) =
        { Schedule.Constant from with
            Shape = ScheduleShape.Cosine
            To = ``to``
        }

    /// <summary>The value at a point of the run; always between From and To.</summary>
    /// <param name="progress">The share of the run that is done, 0 to 1.</param>
    member this.At(progress: float) =
        if this.Shape = ScheduleShape.Constant || progress <= this.Start then
            this.From
        elif progress >= this.End then
            this.To
        else
            let travelled = (progress - this.Start) / (this.End - this.Start)

            let share =
                if this.Shape = ScheduleShape.Cosine then
                    (1.0 - cos (Math.PI * travelled)) / 2.0
                else
                    travelled
            // Two products instead of one difference: it cannot overflow, and rounding is caught by the clamp.
            Math.Clamp(this.From * (1.0 - share) + this.To * share, min this.From this.To, max this.From this.To)

    /// As a recipe writes it: a number where it is constant, else an object.
    member this.ToJson() : JsonNode =
        if this.Shape = ScheduleShape.Constant then
            Json.value this.From
        else
            Json.object
                [
                    "shape", Json.value (this.Shape.ToString().ToLowerInvariant())
                    "from", Json.value this.From
                    "to", Json.value this.To
                    "start", Json.value this.Start
                    "end", Json.value this.End
                ]
