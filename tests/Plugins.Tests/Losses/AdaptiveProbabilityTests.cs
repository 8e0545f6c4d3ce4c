using NUnit.Framework;
using PluginGan.Plugins.Losses;
using static TorchSharp.torch;

namespace PluginGan.Plugins.Tests;

/// <summary>Adaptive augmentation: the probability follows how sure the discriminator is of real samples.</summary>
public sealed class AdaptiveProbabilityTests
{
    private const int Batch = 8;

    private static Tensor Sure => ones(Batch);

    private static Tensor Torn => cat([ones(Batch / 2), -ones(Batch / 2)]);

    [Test]
    public void It_moves_every_four_batches_by_the_sign_of_the_surplus_as_in_the_reference()
    {
        using var augmentation = Adaptive(speedKimg: 0.5);
        var path = new[] { Sure, Sure, Torn, Sure }.Select(logits => Observe(augmentation, logits, 4)).ToList();
        // See losses_reference.py.
        Assert.That(path, Is.EqualTo(new[] { 0.064, 0.128, 0.064, 0.128 }).Within(1e-6));
    }

    [Test]
    public void It_stays_until_four_batches_are_seen()
    {
        using var augmentation = Adaptive(speedKimg: 0.5);
        Assert.That(new[] { 1, 1, 1, 1, 1 }.Select(times => Observe(augmentation, Sure, times)), Is.EqualTo(new[] { 0, 0, 0, 0.064, 0.064 }).Within(1e-6));
    }

    [Test]
    public void It_stays_within_0_and_1()
    {
        using var augmentation = Adaptive(speedKimg: 0.05);
        Assert.That(Observe(augmentation, Torn, 40), Is.Zero);
        Assert.That(Observe(augmentation, Sure, 40), Is.EqualTo(1));
    }

    [Test]
    public void The_target_decides_when_it_rises()
    {
        using var eager = Adaptive(speedKimg: 0.5, target: -0.5);
        Assert.That(Observe(eager, Torn, 4), Is.GreaterThan(0));
    }

    [Test]
    public void Packs_count_with_all_their_samples()
    {
        using var packed = Adaptive(speedKimg: 0.5);
        Assert.That(Observe(packed, ones(Batch / 2), 4), Is.EqualTo(0.064).Within(1e-6));
    }

    [Test]
    public void Images_are_changed_with_the_strength_times_the_probability()
    {
        using var augmentation = Adaptive(speedKimg: 0.08);
        var images = randn(4000, 1, 8, 8);
        float Changed(float strength) => augmentation.Apply(images, tensor(strength)).ne(images).flatten(1).any(1).to(float32).mean().item<float>();

        Assert.That(Changed(1), Is.Zero, "it starts at nothing");
        Assert.That(Observe(augmentation, Sure, 4), Is.EqualTo(0.4).Within(1e-6));
        Assert.That(Changed(1), Is.EqualTo(0.4).Within(0.03));
        Assert.That(Changed(0.5f), Is.EqualTo(0.2).Within(0.03));
    }

    [Test]
    public void What_it_knows_goes_into_another_by_its_state()
    {
        using var first = Adaptive(speedKimg: 0.5);
        Observe(first, Sure, 6);
        using var second = Adaptive(speedKimg: 0.5);
        second.State!.load_state_dict(first.State!.state_dict());
        Assert.That(Observe(second, Sure, 2), Is.EqualTo(Observe(first, Sure, 2)).And.EqualTo(0.128).Within(1e-6));
    }

    [Test]
    public void Without_adaptation_there_is_nothing_to_remember()
    {
        using var augmentation = new Registered(new LossesPlugin()).Create<Augmentation>("diff-augment");
        Assert.That(augmentation.State, Is.Null);
        augmentation.Observe(new DiscriminatorOutput(Sure));
    }

    private static Augmentation Adaptive(double speedKimg, double target = 0.6) => new Registered(new LossesPlugin()).Create<Augmentation>(
        "diff-augment", new DiffAugmentOptions { Policy = [DiffAugmentation.Cutout], Adaptive = true, SpeedKimg = speedKimg, Target = target });

    private static float Observe(Augmentation augmentation, Tensor logits, int times)
    {
        for (var batch = 0; batch < times; batch++)
        {
            augmentation.Apply(zeros(Batch, 1, 8, 8), tensor(1f));
            augmentation.Observe(new DiscriminatorOutput(logits));
        }
        return augmentation.State!.get_buffer("probability")!.item<float>();
    }
}
