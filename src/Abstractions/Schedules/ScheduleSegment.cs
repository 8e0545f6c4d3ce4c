namespace PluginGan;

/// <summary>A part of a <see cref="Schedule"/>, with one way of moving.</summary>
/// <param name="Shape">How the value moves.</param>
/// <param name="From">The value at <paramref name="Start"/>.</param>
/// <param name="To">The value at <paramref name="End"/>.</param>
/// <param name="Start">When it begins to move, at least 0, in the schedule's unit.</param>
/// <param name="End">When it arrives, above <paramref name="Start"/>; may be infinite where the value stays or jumps.</param>
public sealed record ScheduleSegment(ScheduleShape Shape, double From, double To, double Start, double End)
{
    /// <summary>What a jump multiplies the value by; 1 unless <see cref="Shape"/> is <see cref="ScheduleShape.Step"/>.</summary>
    public double Factor { get; init; } = 1;

    /// <summary>The time between jumps, above 0; infinite unless <see cref="Shape"/> is <see cref="ScheduleShape.Step"/>.</summary>
    public double Every { get; init; } = double.PositiveInfinity;

    /// <summary>The value at a time within the segment; between <see cref="From"/> and <see cref="To"/>.</summary>
    internal double At(double time)
    {
        if (Shape == ScheduleShape.Step)
            return From * Math.Pow(Factor, Math.Floor((time - Start) / Every));
        var travelled = (time - Start) / (End - Start);
        var share = Shape switch
        {
            ScheduleShape.Constant => 0,
            ScheduleShape.Cosine => (1 - Math.Cos(Math.PI * travelled)) / 2,
            _ => travelled,
        };
        // Two products instead of one difference: it cannot overflow, and rounding is caught by the clamp.
        return Math.Clamp((From * (1 - share)) + (To * share), Math.Min(From, To), Math.Max(From, To));
    }
}
