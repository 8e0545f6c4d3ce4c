namespace PluginGan.Core

open System

/// Failures of one kind in a row, such as writes to a full disk: the first is worth a warning, then one after pauses that grow from a
/// minute to an hour.
type FailureStreak =
    {
        /// How many there have been.
        Count: int64
        /// Whether the last one is worth a warning.
        IsWarned: bool
        /// From when on the next one is worth a warning.
        Next: DateTimeOffset
        /// The pause between the last warning and the next one.
        Pause: TimeSpan
    }

    /// <summary>The failures with one more.</summary>
    /// <param name="streak">Those before it; null for none.</param>
    /// <param name="now">When it happened.</param>
    static member After(streak: FailureStreak | null, now: DateTimeOffset) : FailureStreak =
        let warned count (pause: TimeSpan) =
            {
                Count = count
                IsWarned = true
                Next = now + pause
                Pause = pause
            }

        match streak with
        | null -> warned 1L (TimeSpan.FromMinutes 1.0)
        | streak when now >= streak.Next -> warned (streak.Count + 1L) (min (streak.Pause * 2.0) (TimeSpan.FromHours 1.0))
        | streak ->
            { streak with
                Count = streak.Count + 1L
                IsWarned = false
            }
