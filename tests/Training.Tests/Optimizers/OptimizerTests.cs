using NUnit.Framework;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace PluginGan.Training.Tests;

/// <summary>The rules against torch.optim: numbers that reference.py computed with PyTorch 1.13, and TorchSharp's own optimisers.</summary>
public class OptimizerTests
{
    private static readonly Dictionary<string, double[]> ByPyTorch = new()
    {
        ["adam"] = [0.369472231317648, -1.7379404566593064, 0.03470588503178879, 2.150335360963935],
        ["adam, decayed"] = [0.3876814453292049, -1.5629935528665633, 0.04996833052648876, 2.1307425202428645],
        ["adamw"] = [0.32660527291789726, -1.5699752672735523, 0.02912514598847457, 1.9264734465157738],
        ["rmsprop"] = [0.3541350131425653, -1.7394173351484765, 0.028675974212394102, 2.0446549373371035],
        ["rmsprop, momentum, decayed"] = [0.09056534591038772, -1.254569791355449, -0.0020205499596191038, 1.3984207860450872],
        ["sgd"] = [0.3731648237543195, -1.8047369902550339, 0.0589134470064932, 1.8114600682656898],
        ["sgd, momentum"] = [0.007718065308127514, -0.7066198353263201, 0.002514283165544471, -0.02076365205203703],
        ["sgd, nesterov, decayed"] = [0.016175822266427, -0.19576816747120315, -0.008391472283963874, -0.014261875662993721],
    };

    private static readonly Dictionary<string, (Optimizer Ours, double Rate, Func<Parameter, optim.Optimizer> Theirs)> Rules = new()
    {
        ["adam"] = (new Adam(new AdamOptions { Beta1 = 0.9 }), 0.01, w => optim.Adam([w], 0.01, 0.9, 0.999)),
        ["adam, decayed"] = (new Adam(new AdamOptions { Beta2 = 0.99, WeightDecay = 0.1 }), 0.01, w => optim.Adam([w], 0.01, 0.5, 0.99, weight_decay: 0.1)),
        ["adamw"] = (new Adam(new AdamWOptions { Beta1 = 0.9, WeightDecay = 0.1 }, decoupled: true), 0.01, w => optim.AdamW([w], 0.01, 0.9, 0.999, weight_decay: 0.1)),
        ["rmsprop"] = (new RmsProp(new RmsPropOptions { Alpha = 0.9 }), 0.01, w => optim.RMSProp([w], 0.01, 0.9)),
        ["rmsprop, momentum, decayed"] =
            (new RmsProp(new RmsPropOptions { Momentum = 0.9, WeightDecay = 0.1 }), 0.001, w => optim.RMSProp([w], 0.001, 0.99, weight_decay: 0.1, momentum: 0.9)),
        ["sgd"] = (new Sgd(new SgdOptions()), 0.01, w => optim.SGD([w], 0.01)),
        ["sgd, momentum"] = (new Sgd(new SgdOptions { Momentum = 0.9 }), 0.01, w => optim.SGD([w], 0.01, momentum: 0.9)),
        ["sgd, nesterov, decayed"] =
            (new Sgd(new SgdOptions { Momentum = 0.9, Nesterov = true, WeightDecay = 0.1 }), 0.01, w => optim.SGD([w], 0.01, momentum: 0.9, nesterov: true, weight_decay: 0.1)),
    };

    private static IEnumerable<string> Names => Rules.Keys;

    [TestCaseSource(nameof(Names))]
    public void A_hundred_steps_arrive_where_pytorch_does(string name) =>
        Assert.That(Trajectory.Of(Rules[name].Ours, Rules[name].Rate), Is.EqualTo(ByPyTorch[name]).Within(1e-9));

    [TestCaseSource(nameof(Names))]
    public void A_hundred_steps_arrive_where_torchsharps_optimiser_does(string name) =>
        Assert.That(Trajectory.Of(Rules[name].Ours, Rules[name].Rate), Is.EqualTo(Trajectory.Of(Rules[name].Theirs)).Within(1e-9));

    [TestCaseSource(nameof(Names))]
    public void Garbage_collection_within_a_step_changes_nothing(string name)
    {
        using var stop = new CancellationTokenSource();
        // Numbers that are handed to the native side must outlive the call: finalizers free them.
        var collecting = Task.Run(() =>
        {
            while (!stop.IsCancellationRequested)
            {
                GC.Collect();
                GC.WaitForPendingFinalizers();
            }
        });
        try
        {
            var arrived = Trajectory.AlongOneGradient(Rules[name].Ours, Rules[name].Rate, steps: 2000);
            Assert.That(arrived, Is.EqualTo(Trajectory.AlongOneGradient(Rules[name].Ours, Rules[name].Rate, steps: 2000)));
        }
        finally
        {
            stop.Cancel();
            collecting.Wait();
        }
    }

    [Test]
    public void Adamw_decays_by_a_hundredth_unless_told_otherwise() => Assert.That(new AdamWOptions().WeightDecay, Is.EqualTo(0.01));

    [Test]
    public void A_scheduled_rate_and_scheduled_decays_are_those_of_the_present_step()
    {
        // Of SGD with momentum by hand: the first step at rate 1 and momentum 0, the second at rate 0.5 and momentum 0.25.
        var rule = new Sgd(new SgdOptions { Momentum = Schedule.Linear(0, 0.5) });
        var arrived = Trajectory.Of(rule, Schedule.Linear(1, 0), steps: 2);

        using var scope = NewDisposeScope();
        var weights = Trajectory.Weights();
        var first = Trajectory.Gradient(weights, 0);
        weights -= first;
        weights -= 0.5 * (0.25 * first + Trajectory.Gradient(weights, 1));
        Assert.That(arrived, Is.EqualTo(weights.data<double>().ToArray()).Within(1e-12));
    }

    [Test]
    public void Nesterovs_momentum_without_a_momentum_is_refused() =>
        Assert.That(() => new Sgd(new SgdOptions { Nesterov = true }), Throws.TypeOf<ComponentException>().With.Message.Contains("'momentum' above 0"));
}
