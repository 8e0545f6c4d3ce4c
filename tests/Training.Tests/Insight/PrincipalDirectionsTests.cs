using NUnit.Framework;
using static TorchSharp.torch;

namespace PluginGan.Training.Tests;

public class PrincipalDirectionsTests
{
    [TestCase(8, 400, TestName = "Planted directions are found where there are more latents than features")]
    [TestCase(6000, 200, TestName = "Planted directions are found where there are more features than latents, also of a layer that is taken in pieces")]
    public void Planted_directions_are_found_in_their_order(int features, int count)
    {
        using var scope = NewDisposeScope();
        manual_seed(5);
        var latents = randn(count, 20);
        var planted = linalg.qr(randn(20, 3)).Q.T;
        var effects = linalg.qr(randn(features, 3)).Q.T.mul(tensor(new float[] { 5, 3, 1 }).unsqueeze(1));
        var activations = latents.mm(planted.T).mm(effects).add(7);

        var found = PrincipalDirections.Of(activations, latents, 10);

        var agreement = found.Directions.mm(planted.T).abs();
        Assert.That(found.Explained, Has.Count.EqualTo(3), "there is nothing beyond what was planted");
        Assert.That(found.Explained, Is.EqualTo(new[] { 25 / 35.0, 9 / 35.0, 1 / 35.0 }).Within(0.08));
        // The principal axes of finitely many latents are turned a little within the planted plane; no direction leaves it.
        Assert.That(agreement.square().sum(1).data<float>().ToArray(), Has.All.EqualTo(1).Within(1e-4));
        Assert.That(agreement.diagonal().data<float>().ToArray(), Has.All.GreaterThan(0.97));
        Assert.That(found.Directions.square().sum(1).data<float>().ToArray(), Has.All.EqualTo(1).Within(1e-5));
    }

    [Test]
    public void Latents_that_the_layer_does_not_see_and_constant_ones_have_no_part_in_a_direction()
    {
        using var scope = NewDisposeScope();
        manual_seed(5);
        var latents = randn(100, 10);
        latents.narrow(1, 9, 1).zero_();

        var found = PrincipalDirections.Of(latents.narrow(1, 2, 1).mul(ones(1, 4)), latents, 5);

        var wanted = zeros(10);
        wanted[2] = 1;
        Assert.That(found.Directions.shape, Is.EqualTo(new long[] { 1, 10 }));
        Assert.That(found.Directions[0].allclose(wanted, atol: 1e-5), found.Directions.ToString(TorchSharp.TensorStringStyle.Numpy));
    }

    [Test]
    public void With_fewer_latents_than_twice_their_size_the_direction_is_still_near()
    {
        using var scope = NewDisposeScope();
        manual_seed(5);
        var latents = randn(150, 100);
        var planted = tensor(Enumerable.Range(0, 100).Select(index => index == 3 ? 1f : 0f).ToArray());

        var found = PrincipalDirections.Of(latents.mv(planted).unsqueeze(1).mul(ones(1, 5)), latents, 1);

        Assert.That(found.Directions[0].dot(planted).item<float>(), Is.GreaterThan(0.7));
    }

    [Test]
    public void An_activation_that_never_changes_has_no_directions()
    {
        using var scope = NewDisposeScope();

        var found = PrincipalDirections.Of(ones(50, 4), randn(50, 3), 5);

        Assert.That((found.Explained.Count, found.Directions.shape[0]), Is.EqualTo((0, 0L)));
    }

    [Test]
    public void The_directions_of_greatest_effect_are_those_of_the_mean_of_JtJ()
    {
        using var scope = NewDisposeScope();
        manual_seed(5);
        var turned = linalg.qr(randn([3, 3], dtype: ScalarType.Float64)).Q;
        var gram = turned.mul(tensor(new double[] { 1, 6, 3 })).mm(turned.T);

        var found = PrincipalDirections.OfEffects(gram, eye(3), 2);

        Assert.That(found.Explained, Is.EqualTo(new[] { 0.6, 0.3 }).Within(1e-9));
        Assert.That(found.Directions.mm(turned.to(ScalarType.Float32)).abs().allclose(tensor(new float[] { 0, 1, 0, 0, 0, 1 }).reshape(2, 3), atol: 1e-5));
    }
}
