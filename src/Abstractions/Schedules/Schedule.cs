namespace PluginGan;

/// <summary>
/// A number that may change in the course of a run: a learning rate, a momentum, the weight of a penalty, the strength of an augmentation. An
/// option of this type takes a number in a recipe, or an object that says how it moves.
/// </summary>
public sealed record Schedule
{
    /// <param name="unit">What the times of the segments are counted in.</param>
    /// <param name="segments">The segments in order, at least one; each begins where the one before it ends.</param>
    /// <exception cref="ArgumentException">There is no segment, one ends before it begins, or there is a gap between two.</exception>
    public Schedule(ScheduleUnit unit, IReadOnlyList<ScheduleSegment> segments)
    {
        if (segments.Count == 0)
            throw new ArgumentException("a schedule needs a segment", nameof(segments));
        if (segments.Any(segment => !(segment.Start < segment.End)))
            throw new ArgumentException("a segment must end after it starts", nameof(segments));
        if (segments.Zip(segments.Skip(1)).Any(pair => pair.First.End != pair.Second.Start))
            throw new ArgumentException("a segment must start where the one before it ends", nameof(segments));
        (Unit, Segments) = (unit, [.. segments]);
    }

    /// <summary>What the times of the segments are counted in.</summary>
    public ScheduleUnit Unit { get; }

    /// <summary>The segments in order. Before the first the value is its <see cref="ScheduleSegment.From"/>, after the last its <see cref="ScheduleSegment.To"/>.</summary>
    public IReadOnlyList<ScheduleSegment> Segments { get; }

    /// <summary>Whether the value never changes.</summary>
    public bool IsConstant => Segments is [{ Shape: ScheduleShape.Constant }];

    /// <summary>A value that never changes.</summary>
    public static implicit operator Schedule(double value) => Constant(value);

    /// <summary>A value that never changes.</summary>
    public static Schedule Constant(double value) => new(ScheduleUnit.Share, [new ScheduleSegment(ScheduleShape.Constant, value, value, 0, 1)]);

    /// <summary>A value that moves along a straight line over the whole run.</summary>
    public static Schedule Linear(double from, double to) => new(ScheduleUnit.Share, [new ScheduleSegment(ScheduleShape.Linear, from, to, 0, 1)]);

    /// <summary>A value that moves along half a cosine over the whole run.</summary>
    public static Schedule Cosine(double from, double to) => new(ScheduleUnit.Share, [new ScheduleSegment(ScheduleShape.Cosine, from, to, 0, 1)]);

    /// <summary>The value at a point of the run.</summary>
    public double At(TrainingTime time)
    {
        if (IsConstant)
            return Segments[0].From;
        var now = Unit switch
        {
            ScheduleUnit.Iterations => time.Iteration,
            ScheduleUnit.Kimg => time.Kimg,
            _ => time.Share,
        };
        if (now <= Segments[0].Start)
            return Segments[0].From;
        foreach (var segment in Segments)
            if (now < segment.End)
                return segment.At(now);
        return Segments[^1].To;
    }

    /// <summary>The same course with every value multiplied.</summary>
    public Schedule Times(double factor) => new(Unit, [.. Segments.Select(segment => segment with { From = segment.From * factor, To = segment.To * factor })]);

    /// <inheritdoc/>
    public bool Equals(Schedule? other) => other is not null && Unit == other.Unit && Segments.SequenceEqual(other.Segments);

    /// <inheritdoc/>
    public override int GetHashCode() => Segments.Aggregate(Unit.GetHashCode(), HashCode.Combine);
}
