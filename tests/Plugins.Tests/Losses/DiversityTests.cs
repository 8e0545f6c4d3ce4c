using NUnit.Framework;
using PluginGan.Plugins.Losses;
using TorchSharp;
using static TorchSharp.torch;

namespace PluginGan.Plugins.Tests;

/// <summary>What acts on the generator alone, against the numbers of <c>losses_reference.py</c>: pull-away, mode seeking, path length.</summary>
public sealed class DiversityTests
{
    private static readonly Registered Plugin = new(new LossesPlugin());

    private static Tensor Samples => tensor(new double[,] { { 0, 4 }, { 1, 1 }, { 2, -2 } });
    private static Tensor Latents => tensor(new[,] { { 0.5, -1 }, { 1.5, 0.25 }, { -0.75, 2 } });

    [Test]
    public void Pull_away_is_the_mean_squared_cosine_of_features() =>
        Assert.That(PullAway(Samples), Is.EqualTo(2 / 3.0).Within(1e-12));

    [Test]
    public void Pull_away_is_one_for_samples_that_are_alike_and_zero_for_orthogonal_features()
    {
        Assert.That(PullAway(ones(5, 3, float64)), Is.EqualTo(1).Within(1e-12));
        Assert.That(PullAway(eye(4, dtype: float64)), Is.EqualTo(0).Within(1e-12));
    }

    [Test]
    public void Pull_away_of_features_that_are_all_zero_is_finite() => Assert.That(PullAway(zeros(3, 2, float64)), Is.Zero);

    [Test]
    public void Pull_away_refuses_a_batch_in_which_the_discriminator_sees_one_thing_only()
    {
        var step = new DiscriminatorStep(Samples[..2], Samples[..2], x => x.sum(1)) { Pack = 2 };
        Assert.That(() => Plugin.Create<Regularizer>("pull-away").Penalty(step), Throws.TypeOf<ComponentException>().With.Message.Contains("raise training.batch"));
    }

    [Test]
    public void Diversity_is_the_distance_of_latents_over_that_of_their_samples()
    {
        var penalty = Plugin.Create<Regularizer>("diversity").Penalty(Step(new Styled()))!;
        Assert.That(penalty.item<double>(), Is.EqualTo(1.44019325714313).Within(1e-12));
    }

    [Test]
    public void Diversity_of_a_collapsed_generator_is_great_but_finite()
    {
        var penalty = Plugin.Create<Regularizer>("diversity").Penalty(Step(new Styled(scale: 0)))!;
        Assert.That(penalty.item<double>(), Is.EqualTo(1e5).Within(1e-4));
    }

    [Test]
    public void Both_samples_of_a_pair_have_the_same_condition()
    {
        var model = new Styled();
        var step = new DiscriminatorStep(zeros(4, 3, float64), zeros(4, 3, float64), model, tensor(new[] { 5L, 6, 7, 8 })) { Latents = randn(4, 2, float64) };
        Plugin.Create<Regularizer>("diversity").Penalty(step);
        Assert.That(model.Conditions!.data<long>(), Is.EqualTo(new[] { 5L, 6, 5, 6 }));
    }

    [Test]
    public void Path_length_pulls_towards_the_moving_average_of_its_lengths()
    {
        using var regularizer = Plugin.Create<Regularizer>("path-length", new PathLengthOptions { Decay = 0.9, BatchShrink = 1 });
        var penalties = new ulong[] { 1, 2 }.Select(draw => regularizer.Penalty(Step(new Styled(), draw))!.item<double>());
        Assert.That(penalties, Is.EqualTo(new[] { 6.59601916366074, 0.190076170623627 }).Within(1e-6));
    }

    [Test]
    public void The_length_of_a_path_does_not_depend_on_the_number_of_pixels()
    {
        using var regularizer = Plugin.Create<Regularizer>("path-length", new PathLengthOptions { BatchShrink = 1 });
        using var model = new Repeating();
        regularizer.Penalty(new DiscriminatorStep(zeros(4000, 1), zeros(4000, 1), model) { Latents = randn(4000, 1) });
        // The image is the style on 64 pixels: Jᵀ y is the sum of 64 normal numbers over 8, a normal number, and its mean length √(2/π).
        Assert.That(regularizer.State!.get_buffer("length")!.item<float>() / 0.01, Is.EqualTo(Math.Sqrt(2 / Math.PI)).Within(0.03));
    }

    [Test]
    public void The_length_of_a_path_is_that_of_one_layer_however_many_have_the_same_style([Values(1, 6)] int layers)
    {
        using var regularizer = Plugin.Create<Regularizer>("path-length", new PathLengthOptions { Decay = 0.9, BatchShrink = 1 });
        // The image is made of the sum of its layers' styles: the gradient of each is that of a single one.
        var penalty = regularizer.Penalty(Step(new Layered(layers)))!;
        Assert.That(penalty.item<double>(), Is.EqualTo(6.59601916366074).Within(1e-6));
    }

    [Test]
    public void Path_length_says_what_it_needs_of_a_model_without_styles()
    {
        using var regularizer = Plugin.Create<Regularizer>("path-length");
        Assert.That(() => regularizer.Penalty(new DiscriminatorStep(Samples, Samples, x => x)),
            Throws.TypeOf<ComponentException>().With.Message.Contains("generates without styles"));
    }

    private static double PullAway(Tensor samples) => Plugin.Create<Regularizer>("pull-away")
        .Penalty(new DiscriminatorStep(samples, samples, x => x.sum(1)))!.item<double>();

    private static DiscriminatorStep Step(GanModel model, ulong draw = 1) => new(zeros(3, 3, float64), zeros(3, 3, float64), model) { Latents = Latents, Draw = draw };

    /// <summary>The generator of the reference, tanh(w A), of styles that are twice the latents; sampled without the mapping.</summary>
    private sealed class Styled(double scale = 1) : StyledModel
    {
        private readonly Tensor matrix = tensor(new[,] { { 1, -0.5, 0.25 }, { 0.5, 2, -1 } }) * scale;

        public Tensor? Conditions { get; private set; }

        public override IReadOnlyDictionary<string, nn.Module> Networks => new Dictionary<string, nn.Module>
        {
            [Roles.Mapping] = new Applying(latents => (latents * 2).requires_grad_()),
            [Roles.Generator] = new Applying(styles => styles.matmul(matrix).tanh()),
        };

        public override LatentSpec Latent { get; } = LatentSpec.Normal(2);

        public override Tensor Generate(Tensor latent, Tensor? condition)
        {
            Conditions = condition;
            return latent.matmul(matrix).tanh();
        }
    }

    /// <summary>As <see cref="Styled"/>, with a style for each layer [N, layers, W]: the generator makes its image of the sum of their parts, as many as there are layers.</summary>
    private sealed class Layered(int layers) : StyledModel
    {
        private readonly Tensor matrix = tensor(new[,] { { 1, -0.5, 0.25 }, { 0.5, 2, -1 } });

        public override IReadOnlyDictionary<string, nn.Module> Networks => new Dictionary<string, nn.Module>
        {
            [Roles.Mapping] = new Applying(latents => (latents * 2 / layers).unsqueeze(1).expand(-1, layers, -1).requires_grad_()),
            [Roles.Generator] = new Applying(styles => styles.sum([1]).matmul(matrix).tanh()),
        };

        public override LatentSpec Latent { get; } = LatentSpec.Normal(2);

        public override Tensor Generate(Tensor latent, Tensor? condition) => throw new NotSupportedException();
    }

    private sealed class Repeating : StyledModel
    {
        public override IReadOnlyDictionary<string, nn.Module> Networks { get; } = new Dictionary<string, nn.Module>
        {
            [Roles.Mapping] = new Applying(latents => latents.clone().requires_grad_()),
            [Roles.Generator] = new Applying(styles => styles.reshape(-1, 1, 1, 1).expand(-1, 1, 8, 8)),
        };

        public override LatentSpec Latent { get; } = LatentSpec.Normal(1);

        public override Tensor Generate(Tensor latent, Tensor? condition) => throw new NotSupportedException();
    }

    private abstract class StyledModel : GanModel, IStyled
    {
        public Tensor Style(Tensor latent, Tensor? condition) => ((nn.Module<Tensor, Tensor>)Networks[Roles.Mapping]).call(latent);

        public Tensor Synthesise(Tensor styles) => ((nn.Module<Tensor, Tensor>)Networks[Roles.Generator]).call(styles);
    }

    private sealed class Applying(Func<Tensor, Tensor> function) : nn.Module<Tensor, Tensor>(nameof(Applying))
    {
        public override Tensor forward(Tensor input) => function(input);
    }
}
