using PluginGan.Training;

namespace PluginGan.Host.Terminal;

/// <summary>How fast a run goes, over its last seconds, and when it will end.</summary>
internal sealed class Pace(TimeProvider time)
{
    private const double Memory = 10;

    private long before;
    private double seconds;

    /// <summary>Takes the time of an iteration: an exponential mean over about ten seconds.</summary>
    public void Iterated()
    {
        var now = time.GetTimestamp();
        if (before != 0)
        {
            var taken = time.GetElapsedTime(before, now).TotalSeconds;
            var weight = seconds == 0 ? 1 : 1 - Math.Exp(-taken / Memory);
            seconds += weight * (taken - seconds);
        }
        before = now;
    }

    public string Describe(Trainer trainer)
    {
        var kimg = $"{trainer.Kimg:0.0} kimg";
        if (seconds == 0)
            return kimg;
        var left = TimeSpan.FromSeconds((trainer.Iterations - trainer.Iteration) * seconds);
        return $"{kimg}  {trainer.Kimg * 1000 / trainer.Iteration / seconds:0} img/s  ETA {(left.TotalHours >= 1 ? left.ToString(@"h\:mm\:ss", null) : left.ToString(@"m\:ss", null))}";
    }
}
