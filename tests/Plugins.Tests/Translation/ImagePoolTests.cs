using NUnit.Framework;
using PluginGan.Plugins.CycleGan;
using TorchSharp;
using static TorchSharp.torch;

namespace PluginGan.Plugins.Tests.Translation;

/// <summary>The pool of generated images; images are single numbers here.</summary>
public sealed class ImagePoolTests
{
    private DisposeScope scope = null!;

    [SetUp]
    public void SetUp()
    {
        scope = NewDisposeScope();
        manual_seed(1);
    }

    [TearDown]
    public void TearDown() => scope.Dispose();

    // By pool_reference.py beside this file. Among them are images that are shown in the batch in which they were stored.
    [Test]
    public void Batches_are_exchanged_as_if_their_images_came_one_after_the_other()
    {
        int[][] places = [[3, 2, 4, 2], [0, 2, 2, 3], [2, 2, 3, 2], [0, 2, 3, 3], [2, 2, 3, 3], [1, 2, 3, 2]];
        bool[][] coins = [[false, true, false, true], [false, false, false, true], [true, true, true, false], [false, false, true, true], [true, false, true, true], [true, true, false, true]];
        var pool = new ImagePool(5, [1]);
        var shown = Enumerable.Range(0, places.Length).SelectMany(batch => Numbers(pool.Exchange(
            Images(4 * batch + 1, 4), tensor(places[batch].Select(place => (long)place).ToArray()), tensor(coins[batch])))).ToArray();

        Assert.Multiple(() =>
        {
            Assert.That(shown, Is.EqualTo(new float[] { 1, 2, 3, 4, 5, 6, 7, 4, 3, 9, 8, 12, 13, 14, 11, 15, 10, 18, 16, 19, 2, 17, 23, 22 }));
            Assert.That(Numbers(pool.state_dict()["images"]), Is.EqualTo(new float[] { 1, 21, 24, 20, 5 }));
        });
    }

    [Test]
    public void The_first_images_are_shown_as_they_come_and_of_the_later_ones_every_second()
    {
        var pool = new ImagePool(50, [1]);
        var first = Numbers(pool.Exchange(Images(1, 50)));
        var later = Enumerable.Range(0, 400).SelectMany(batch => Numbers(pool.Exchange(Images(1000 + 10 * batch, 10))).Select((shown, place) => (shown, came: 1000 + 10 * batch + place))).ToList();

        var stored = later.Where(image => image.shown != image.came).Select(image => image.shown).ToList();
        Assert.Multiple(() =>
        {
            Assert.That(first, Is.EqualTo(Enumerable.Range(1, 50)));
            Assert.That(stored.Count / 4000.0, Is.EqualTo(0.5).Within(0.03));
            Assert.That(stored, Is.Unique, "what is shown from the pool has left it");
            Assert.That(stored.Count(image => image <= 50), Is.GreaterThan(45), "every place is drawn");
        });
    }

    [Test]
    public void Images_leave_without_gradients_and_whole()
    {
        var pool = new ImagePool(3, [2, 4, 4]);
        var images = randn(7, 2, 4, 4).requires_grad_();
        var shown = pool.Exchange(images);
        Assert.Multiple(() =>
        {
            Assert.That(shown.requires_grad, Is.False);
            Assert.That(shown.shape, Is.EqualTo(images.shape));
            foreach (var image in Enumerable.Range(0, 7))
                Assert.That(images.detach().sub(shown[image]).abs().flatten(1).sum(1).eq(0).any().item<bool>(), Is.True, "each is one of those that came");
        });
    }

    [Test]
    public void What_is_exchanged_depends_on_the_saved_state_and_the_seed_alone()
    {
        var pool = new ImagePool(3, [1]);
        pool.Exchange(Images(1, 8));
        var other = new ImagePool(3, [1]);
        other.load_state_dict(pool.state_dict());

        manual_seed(5);
        var shown = Numbers(pool.Exchange(Images(20, 8)));
        manual_seed(5);
        Assert.That(Numbers(other.Exchange(Images(20, 8))), Is.EqualTo(shown));
        Assert.That(pool.state_dict().Keys, Is.EquivalentTo(new[] { "images", "seen" }));
    }

    private static Tensor Images(int from, int count) => arange(from, from + count, ScalarType.Float32).reshape(-1, 1);

    private static float[] Numbers(Tensor images) => images.flatten().data<float>().ToArray();
}
