using NUnit.Framework;
using PluginGan.TestPlugins;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace PluginGan.Training.Tests;

/// <summary>What is said of measurements that take long: by a clock that the tests turn.</summary>
public class MeasuringProgressTests
{
    [Test]
    public void An_evaluator_that_takes_more_than_two_seconds_is_reported_however_silent_it_is()
    {
        var clock = new Clock();
        using var quick = new Measuring("quick", _ => 0);
        using var silent = new Measuring("silent", _ => clock.Pass(2, 5));
        using var telling = new Measuring("telling", context =>
        {
            context.ReportProgress(30, 40);
            return clock.Pass(1, 1);
        });

        Assert.That(Reports(clock, new(), quick, silent, telling), Is.EqualTo(new ComponentProgress[]
        {
            new("measuring silent, 2 s", 0, null), new("measuring silent, 7 s", 0, null), new("measuring silent", 1, 1),
            new("measuring telling", 30, 40), new("measuring telling", 1, 1),
        }));
    }

    [Test]
    public void A_classifier_that_an_evaluator_trains_tells_its_share_by_itself()
    {
        var clock = new Clock();
        using var training = new Measuring("trained", context =>
        {
            using var network = nn.Linear(2, 1);
            context.Fit(new Fitting(network, batch => network.call(batch.Samples).square().mean(), new FitSettings(10, 10, 1e-3)), new Batch(rand(100, 2)), "test");
            return clock.Pass(2);
        });

        // Ten passes over ten batches; what is done but for the end is not yet all.
        Assert.That(Reports(clock, new(), training)[0], Is.EqualTo(new ComponentProgress("measuring trained", 99, 100)));
    }

    [Test]
    public void Floors_and_intervals_are_reported_as_wholes()
    {
        var clock = new Clock();
        using var slow = new Measuring("slow", _ => clock.Pass(1));

        var reports = Reports(clock, new() { Floor = true, Resamples = 4 }, slow);

        Assert.That(reports, Is.EqualTo(new ComponentProgress[] { new("measuring intervals", 1, 4), new("measuring intervals", 1, 1) }));
    }

    private static List<ComponentProgress> Reports(Clock clock, EvaluationOptions options, params Measuring[] evaluators)
    {
        using var training = new PointTraining();
        var reports = new Reported();
        using var run = new EvaluationRun(evaluators, _ => throw new InvalidOperationException(), training.Dataset, 100, 1, CPU, options with { Progress = reports, Time = clock });
        Assert.That(run.Measure(training.Model).Skipped, Is.Empty);
        return reports.All;
    }

    private sealed class Reported : IProgress<ComponentProgress>
    {
        public List<ComponentProgress> All { get; } = [];

        public void Report(ComponentProgress value) => All.Add(value);
    }

    /// <summary>Stands still until it is told to pass, and then calls its timers.</summary>
    private sealed class Clock : TimeProvider
    {
        private readonly List<Alarm> alarms = [];
        private long now;

        public override long TimestampFrequency => 1;

        public override long GetTimestamp() => now;

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            alarms.Add(new Alarm(() => callback(state), now + (long)dueTime.TotalSeconds, (long)period.TotalSeconds));
            return alarms[^1];
        }

        public double Pass(params int[] spans)
        {
            foreach (var span in spans)
            {
                now += span;
                foreach (var alarm in alarms)
                    alarm.Ring(now);
            }
            return now;
        }

        private sealed class Alarm(Action ring, long due, long period) : ITimer
        {
            private bool off;

            public void Ring(long now)
            {
                for (; !off && due <= now; due += period)
                    ring();
            }

            public bool Change(TimeSpan dueTime, TimeSpan period) => throw new NotSupportedException();

            public void Dispose() => off = true;

            public ValueTask DisposeAsync()
            {
                Dispose();
                return default;
            }
        }
    }
}
