using NUnit.Framework;
using static TorchSharp.torch;

namespace PluginGan.Training.Tests;

/// <summary>What a sample depends on.</summary>
public class SamplerTests
{
    private const int Most = 64;

    private static readonly Dictionary<string, LatentSpec> Specs = new()
    {
        ["normal"] = LatentSpec.Normal(5),
        ["mixed"] = new([new NormalPart(3), new UniformPart(2), new CategoricalPart(4)]),
        ["with a time axis"] = LatentSpec.Normal(3) with { Length = 4 },
        ["none"] = new([]),
    };

    private static readonly string[] Names = [.. Specs.Keys];

    [TearDown]
    public void OneThread() => set_num_threads(1);

    [Test]
    public void Latent_noise_and_condition_of_a_sample_are_the_same_for_any_count([ValueSource(nameof(Names))] string latent, [Values] bool conditional, [Values(1, 2)] int threads)
    {
        using var scope = NewDisposeScope();
        set_num_threads(threads);
        var sizes = new HashSet<long>();
        var sampler = new Sampler(Noisy(Specs[latent], conditional, sizes), CPU);
        Tensor Samples(int count) => sampler.Generate(count, conditional ? arange(count, dtype: ScalarType.Int64).remainder(7) : null, 3);
        var (samples, latents) = (Samples(Most), sampler.Latents(Most, 3));

        for (var count = 1; count < Most; count++)
        {
            Assert.That(Bytes(Samples(count)), Is.EqualTo(Bytes(samples.narrow(0, 0, count))), $"samples, {count}");
            Assert.That(Bytes(sampler.Latents(count, 3)), Is.EqualTo(Bytes(latents.narrow(0, 0, count))), $"latents, {count}");
        }
        Assert.That(Bytes(samples.narrow(1, 0, latents.flatten(1).shape[1])), Is.EqualTo(Bytes(latents.flatten(1))), "samples are made from the latents that are told");
        Assert.That(sizes, Is.EqualTo(new[] { (long)Sampler.Chunk }), "the model is always called with a chunk of one size");
        Assert.That(samples.select(1, -1).contiguous().data<float>().ToArray().Distinct().Count(), Is.EqualTo(Most), "each sample has its own noise");
    }

    [Test]
    public void A_sample_of_a_class_is_the_same_in_any_list_of_classes()
    {
        using var scope = NewDisposeScope();
        var sampler = new Sampler(Noisy(LatentSpec.Normal(2), true, []), CPU);
        byte[] Third(params long[] classes) => Bytes(sampler.Generate(classes.Length, tensor(classes), 3)[2]);

        Assert.That(Third(4, 5, 6), Is.EqualTo(Third(6, 6, 6, 1, 2)));
        Assert.That(Third(4, 5, 6), Is.Not.EqualTo(Third(4, 5, 5)));
    }

    [Test]
    public void Explored_samples_keep_their_noise_for_any_number_of_latents()
    {
        using var scope = NewDisposeScope();
        var explored = new ExploredModel(Noisy(LatentSpec.Normal(2), false, []), new VectorSpec(5), CPU, 1);
        var latents = explored.Latents(600, "test");
        var whole = explored.Generate(latents, null);

        foreach (var count in (int[])[1, 2, 255, 257])
            Assert.That(Bytes(explored.Generate(explored.Latents(count, "test"), null)), Is.EqualTo(Bytes(whole.narrow(0, 0, count))), $"{count}");
        Assert.That(Bytes(explored.Generate(latents.neg(), null).narrow(1, 2, 3)), Is.EqualTo(Bytes(whole.narrow(1, 2, 3))), "another latent has the noise of its place");
    }

    [Test]
    public void Generation_ends_between_two_chunks_when_the_user_interrupts()
    {
        using var scope = NewDisposeScope();
        using var interrupt = new CancellationTokenSource();
        var calls = 0;
        var model = new PlantedModel(LatentSpec.Normal(2), (latents, _) =>
        {
            calls++;
            interrupt.Cancel();
            return latents;
        });

        Assert.That(() => new Sampler(model, CPU).Generate(1000, null, 1, interrupt.Token), Throws.InstanceOf<OperationCanceledException>());
        Assert.That(calls, Is.EqualTo(1));
    }

    // A sample is its latent, then normal values, a whole number and a uniform one as layers would draw them; a class adds itself to that.
    private static PlantedModel Noisy(LatentSpec latent, bool conditional, HashSet<long> sizes) => new(latent, (latents, condition) =>
    {
        var count = latents.shape[0];
        sizes.Add(count);
        var samples = cat([latents.flatten(1), Draws.Normal(count, [3]), Draws.Integers(count, [1], 9).to(ScalarType.Float32), Draws.Uniform(count, [1])], 1);
        return condition is null ? samples : cat([samples, condition.unsqueeze(1).add(samples.narrow(1, -1, 1))], 1);
    });

    private static byte[] Bytes(Tensor values) => values.contiguous().bytes.ToArray();
}
