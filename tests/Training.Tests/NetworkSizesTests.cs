using NUnit.Framework;
using PluginGan.TestPlugins;
using TorchSharp;
using static TorchSharp.torch;

namespace PluginGan.Training.Tests;

[NonParallelizable]
public class NetworkSizesTests
{
    [Test]
    public void Parameters_and_buffers_are_counted_by_network()
    {
        var sizes = NetworkSizes.Of(() => Tiny(new TinyOptions { BatchNorm = true }))!;

        // A generator of 4·2 + 2 weights, normalised by 2·2 weights, 2·2 statistics and a counter of 8 bytes; a discriminator of (2·4 + 4)
        // + (4 + 1).
        Assert.That(sizes, Is.EquivalentTo(new Dictionary<string, long> { [Roles.Generator] = (10 + 4 + 4) * 4 + 8, [Roles.Discriminator] = 17 * 4 }));
    }

    [Test]
    public void No_memory_is_taken_for_them() =>
        Assert.That(NetworkSizes.Of(() => Tiny(new TinyOptions { Latent = 1_000_000_000 }))![Roles.Discriminator], Is.EqualTo((2_000_000_000L + 1_000_000_000 + 1_000_000_000 + 1) * 4));

    [Test]
    public void A_model_that_reads_values_while_it_is_built_is_left_to_be_built_in_earnest()
    {
        Assert.That(NetworkSizes.Of(() =>
        {
            using var scale = ones(1);
            return Tiny(new TinyOptions { Latent = (int)scale.item<float>() });
        }), Is.Null);
        using var after = zeros(1);
        Assert.That(after.device_type, Is.EqualTo(DeviceType.CPU));
    }

    [Test]
    public void Networks_that_do_not_fit_are_refused_with_the_size_of_each()
    {
        var sizes = new Dictionary<string, long> { [Roles.Generator] = 3_000_000_000, [Roles.Discriminator] = 12_000_000 };

        Assert.That(() => MemoryGuard.Require(sizes, "lower the width", 3_012_000_000), Throws.Nothing);
        Assert.That(() => MemoryGuard.Require(sizes, "lower the width", 3_000_000_000), Throws.TypeOf<ComponentException>().With.Message.EqualTo(
            "too little memory: its networks need 3.0 GB (generator 3.0 GB, discriminator 12.0 MB), which is more than the 3.0 GB that are free; lower the width"));
    }

    private static TinyModel Tiny(TinyOptions options) => new(options, new ModelSpec(new DataSpec(new VectorSpec(2), ConditionSpec.None), 1));
}
