using NUnit.Framework;
using PluginGan.Host.Commands;
using PluginGan.Training;

namespace PluginGan.Host.Tests;

/// <summary>What a second Ctrl-C says that it met.</summary>
public class InterruptedCallTests
{
    [Test]
    public void It_is_said_as_far_as_it_is_known()
    {
        var trace = new CallTrace();
        var before = InterruptedCall.Describe(trace.Current);
        trace.Begin("making the dataset 'x'", callee: "Some.Plugin");
        var making = InterruptedCall.Describe(trace.Current);
        using var adam = new Adam(new AdamOptions());
        trace.Begin("phase 'd'", 12);
        string training;
        using (trace.Calling(adam))
            training = InterruptedCall.Describe(trace.Current);

        Assert.That(before, Is.EqualTo("ended at once by a second signal; what was not written yet is lost"));
        Assert.That(making, Is.EqualTo("ended at once by a second signal, in making the dataset 'x', the plugin 'Some.Plugin'; what was not written yet is lost"));
        Assert.That(training, Is.EqualTo("ended at once by a second signal, in iteration 12, phase 'd', the optimizer; what was not written yet is lost"));
        Assert.That(InterruptedCall.Describe(trace.Current), Does.Contain("phase 'd'; what"));
    }
}
