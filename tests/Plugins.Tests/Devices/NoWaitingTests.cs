using System.Reflection;
using NUnit.Framework;
using PluginGan.Core;
using PluginGan.Plugins.DcGan;
using PluginGan.Plugins.Losses;
using PluginGan.Training;
using TorchSharp;
using static TorchSharp.torch;

namespace PluginGan.Plugins.Tests.Devices;

/// <summary>
/// An iteration must not make the host wait for a GPU: it reads no value back and copies nothing from memory that the GPU cannot fetch by itself. Without a
/// GPU two things can be held: what our code calls, and which operators an iteration runs. Where there is a GPU, libtorch itself is asked too.
/// </summary>
public sealed class NoWaitingTests
{
    private static readonly DcGanOptions Small = new() { Width = 4, Latent = 8 };

    // Methods of TorchSharp that read a tensor's values, whose result's shape depends on values, or that make a tensor from an array in pageable memory;
    // and generators, which TorchSharp has for the CPU only.
    private static readonly HashSet<string> Waiting =
    [
        "item", "data", "get_bytes", "cpu", "ToSingle", "ToDouble", "ToByte", "ToInt16", "ToInt32", "ToInt64", "ToBoolean", "op_Explicit", "allclose", "equal", "Equals",
        "nonzero", "argwhere", "masked_select", "unique", "unique_consecutive", "bincount", "tensor", "as_tensor", "from_array", "frombuffer", ".ctor",
    ];

    // What there is of it all the same, and why it does not hurt.
    private static readonly string[] Allowed =
    [
        // Reads once for many values, when they are logged; the rest is for checkpoints.
        "ScalarAverages cpu", "ScalarAverages data", "ScalarAverages tensor",
        // Before a checkpoint.
        "StateTensors cpu", "StateTensors data",
        // Before training.
        "ActivationMeter get_bytes",
        // On the CPU alone, where the value is at hand.
        "GradientChecks item",
        // The order is drawn on the CPU once an epoch; its indices are read where data is read on the CPU, by another thread.
        "ShuffledOrder Generator", "ShuffledOrder data", "StreamingSource data",
        // In an evaluation.
        "CycleError cpu", "CycleError item", "AnomalyAuroc cpu", "AnomalyAuroc data",
        // Before training: whether a discriminator is one of pairs, or sees the class.
        "BiGanObjective item", "DiscriminatorFeatures allclose", "DiscriminatorFeatures tensor",
        // When the network is made: a fixed filter.
        "BlurPool2d tensor",
        // Before the first iteration, in Learn.
        "TableEncoding data", "TableEncoding tensor", "TableEncoding bincount", "BayesianMixture data", "BayesianMixture tensor",
    ];

    // Numbers that code holds until it has used them: by `using`, in a closure or in a field.
    private static readonly string[] HeldNumbers =
    [
        "AdversarialGame.Play op_Implicit", "GradientChecks.Clip op_Implicit", "MovingAverage.Update op_Implicit", "Step.Augment op_Implicit", "Step.ShowVerdict op_Implicit", "Trainer.AccumulateGradients op_Implicit",
        "FusedAdam.Step op_Implicit", "RmsProp.Step op_Implicit", "Sgd.Step op_Implicit", "WeightDecay.Apply op_Implicit", "ImagePool.Exchange op_Implicit", "AnomalyAuroc.Scores op_Implicit",
        "Reconstruction.Gaussian op_Implicit", "VaeObjective.Loss op_Implicit", "Growth.Advance op_Implicit", "GumbelSoftmax.Cool op_Implicit",
    ];

    // Plugins whose code runs beside the training: what reads data, and what measures.
    private static readonly string[] Beside = ["Derived", "Images", "Metrics", "Mixtures", "Mnist", "Sequences", "Series", "Tables"];

    // Operators that wait on a GPU, whoever calls them.
    private static readonly HashSet<string> WaitingOperators =
    [
        "aten::_local_scalar_dense", "aten::nonzero", "aten::masked_select", "aten::_unique", "aten::_unique2", "aten::unique_dim", "aten::unique_consecutive",
        "aten::equal", "aten::bincount", "aten::repeat_interleave.Tensor", "aten::_pin_memory",
    ];

    // Operators whose kernels for the CPU read a value where those for CUDA do not: one_hot checks its indices, the variance of a whole tensor is computed
    // in two passes, Adam is told the number of the step.
    private static readonly HashSet<string> OnTheCpuOnly = ["aten::one_hot", "aten::var.correction", "aten::_fused_adam_"];

    private static readonly Registered Plugin = new(new LossesPlugin());

    private static readonly string[] Losses = [.. Plugin.Names<AdversarialLoss>()];
    private static readonly string[] Regularizing = [.. Plugin.Names<Regularizer>()];

    [Test]
    public void Code_of_the_loop_reads_no_values_but_where_it_is_known_not_to_hurt()
    {
        var found = OfIterations()
            .Where(call => Waiting.Contains(call.To.Name) && (call.To.Name == ".ctor" ? call.To.DeclaringType == typeof(torch.Generator) : IsOfTensors(call.To)))
            .Select(call => $"{call.From.Name} {(call.To.Name == ".ctor" ? nameof(torch.Generator) : call.To.Name)}").Distinct();

        Assert.That(found, Is.EquivalentTo(Allowed));
    }

    /// <summary>
    /// TorchSharp makes a Scalar of a plain number, and of the factor that a sum has and that is not given. Nothing refers to it while the native code reads it, so that a garbage collection frees it there: an exception, or
    /// a wrong number, once in a long run.
    /// </summary>
    [Test]
    public void Code_of_an_iteration_hands_over_no_number_that_a_garbage_collection_may_free()
    {
        var found = OfIterations().Where(call => call.In is MethodInfo && MakesNumber(call.To)).Select(call => $"{call.From.Name}.{call.In.Name} {call.To.Name}").Distinct().ToList();

        Assert.That(found, Is.EquivalentTo(HeldNumbers), string.Join(", ", found.Except(HeldNumbers)));
    }

    private static bool MakesNumber(MethodBase method) =>
        (method.DeclaringType == typeof(Scalar) && method.Name == "op_Implicit")
        || (method.DeclaringType == typeof(Tensor) && (method.Name == "op_Addition" || (method.Name is "add" or "add_" && method.GetParameters().Length == 1)));

    private static IEnumerable<(Type From, MethodBase In, MethodBase To)> OfIterations()
    {
        var repository = typeof(NoWaitingTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(attribute => attribute.Key == "Repository").Value!;
        var loop = new[] { "Loop", "Data", "Optimizers", "Randomness", "Native" }
            .SelectMany(folder => Directory.GetFiles(Path.Combine(repository, "src", "Training", folder), "*.cs")).Select(Path.GetFileNameWithoutExtension).ToHashSet();
        return MethodCalls.Of(typeof(Trainer).Assembly).Where(call => loop.Contains(call.From.Name)).Concat(Playing(repository).SelectMany(MethodCalls.Of));
    }

    // All others take part in iterations, with the layers that they are built of.
    private static IEnumerable<Assembly> Playing(string repository) => Directory.GetDirectories(Path.Combine(repository, "plugins")).Select(folder => Path.GetFileName(folder))
        .Except(Beside).Append("Layers").Select(name => Assembly.Load($"PluginGan.{name}"));

    [Test]
    public void Operators_of_an_iteration_do_not_wait([ValueSource(nameof(Losses))] string loss) =>
        AssertNoWaiting(Iterations(loss, [], Small));

    [Test]
    public void Operators_of_a_regulariser_do_not_wait([ValueSource(nameof(Regularizing))] string name, [Values(1, 2)] int pack) =>
        AssertNoWaiting(Iterations("wasserstein", [name], new DcGanOptions { Width = 4, Latent = 8, DiscriminatorNorm = DiscriminatorNorm.None }, pack: pack));

    [Test]
    public void Operators_of_the_covariance_of_a_batch_do_not_wait()
    {
        using var scope = NewDisposeScope();
        using var log = new OperatorLog();
        foreach (var size in (long[])[3, 100])
            Penalty.squaredMahalanobis(randn(20, size), randn(20, size).requires_grad_()).backward();

        Assert.That(log.Calls, Has.Some.Contains("aten::linalg_cholesky_ex"));
        Assert.That(log.Calls.Where(Waits), Is.Empty);
    }

    [Test]
    public void Operators_of_augmentation_do_not_wait([Values] bool adaptive) =>
        AssertNoWaiting(Iterations("hinge", ["r1"], Small, augmentation: ("diff-augment", new DiffAugmentOptions { Adaptive = adaptive })));

    [Test]
    public void Operators_of_a_conditional_and_spectrally_normalised_model_do_not_wait() =>
        AssertNoWaiting(Iterations("hinge", [], new DcGanOptions { Width = 4, Latent = 8, Conditional = true, SpectralNorm = true }));

    [Test]
    public void Operators_of_clipping_do_not_wait([Values("norm", "value", "adaptive")] string clip) =>
        AssertNoWaiting(Iterations("hinge", [], Small, new GradientClip(Enum.Parse<GradientClipKind>(clip, ignoreCase: true), 1)));

    [Test]
    public void An_operator_that_waits_would_be_noticed()
    {
        using var scope = NewDisposeScope();
        var values = ones(3);
        using var log = new OperatorLog();
        _ = values[values.gt(0)];
        _ = values.cpu();

        Assert.That(log.Calls.Where(Waits).ToList(), Has.Count.EqualTo(2));
    }

    private static bool IsOfTensors(MethodBase method) =>
        method.DeclaringType == typeof(Tensor) || method.DeclaringType == typeof(torch) || method.DeclaringType == typeof(TensorExtensionMethods);

    /// <summary>Whether an operator, with those that called it, waits on a GPU.</summary>
    internal static bool Waits(string call)
    {
        var path = call.Split(" > ");
        return path[0] is "aten::to.device" or "aten::to.dtype_layout" || (WaitingOperators.Contains(path[^1]) && !path.Any(OnTheCpuOnly.Contains));
    }

    private static void AssertNoWaiting(IReadOnlyList<string> calls)
    {
        Assert.That(calls, Has.Some.Contains("aten::convolution").And.Some.Contains("aten::_fused_adam_").And.Some.Contains("aten::index_select"), "what an iteration does was not seen");
        Assert.That(calls.Where(Waits), Is.Empty);
    }

    /// <summary>The operators of two iterations in the middle of an epoch.</summary>
    private static List<string> Iterations(
        string loss, string[] regularizers, DcGanOptions options, GradientClip? clip = null, int pack = 1, (string Name, object? Options)? augmentation = null)
    {
        using var scope = NewDisposeScope();
        using var training = new SmallTraining(loss, regularizers, options, [augmentation ?? ("instance-noise", null)], pack, clip);
        OperatorLog? log = null;
        training.Run(iterated: () =>
        {
            if (training.Trainer.Iteration == 3)
                log = new OperatorLog();
            else if (training.Trainer.Iteration == 5)
                log!.Dispose();
        });
        return log!.Calls;
    }
}
