using PluginGan.Training;

namespace PluginGan.Host.Terminal;

/// <summary>How fast a run goes, over about its last ten seconds, and when it will end.</summary>
internal sealed class Pace(TimeProvider time)
{
    private const double Memory = 10;

    private long before;
    private double seconds;
    private double iterations;

    /// <summary>Takes the time of an iteration. Seconds and iterations fade alike, so that a pause (an evaluation) weighs no more than it lasts.</summary>
    public void Iterated()
    {
        var now = time.GetTimestamp();
        if (before != 0)
        {
            var taken = time.GetElapsedTime(before, now).TotalSeconds;
            var kept = Math.Exp(-taken / Memory);
            (seconds, iterations) = (seconds * kept + taken, iterations * kept + 1);
        }
        before = now;
    }

    public string Describe(Trainer trainer)
    {
        var kimg = $"{trainer.Kimg:0.0} kimg";
        if (iterations == 0)
            return kimg;
        var perIteration = seconds / iterations;
        var left = TimeSpan.FromSeconds((trainer.Iterations - trainer.Iteration) * perIteration);
        return $"{kimg}  {trainer.Kimg * 1000 / trainer.Iteration / perIteration:0} img/s  ETA {(left.TotalHours >= 1 ? left.ToString(@"h\:mm\:ss", null) : left.ToString(@"m\:ss", null))}";
    }
}
