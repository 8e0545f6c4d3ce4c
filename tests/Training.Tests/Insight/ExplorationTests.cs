using System.Globalization;
using System.Text;
using NUnit.Framework;
using PluginGan.TestPlugins;
using TorchSharp;
using static TorchSharp.torch;

namespace PluginGan.Training.Tests;

/// <summary>Explorations of models of which it is known what they must show.</summary>
public class ExplorationTests
{
    private static readonly VectorSpec Plane = new(2);

    [Test]
    public void The_effect_of_latents_on_a_linear_model_is_that_of_its_matrix_in_standard_deviations()
    {
        using var scope = NewDisposeScope();
        var matrix = randn(3, 2);
        var spec = new LatentSpec([new NormalPart(2), new UniformPart(1)]);
        var model = new PlantedModel(spec, (latent, _) => latent.mm(matrix)).Explored(Plane);
        var space = new LatentSpace(spec);

        // Away from the bounds of the uniform part, at which a step ends.
        var gram = LatentEffect.Gram(model, space, space.Axes([0, 1, 2]), zeros(4, 3), null);

        var scaled = matrix.mul(tensor(new[] { 1, 1, (float)(1 / Math.Sqrt(3)) }).unsqueeze(1)).to(ScalarType.Float64);
        Assert.That(gram.allclose(scaled.mm(scaled.T).div(2), atol: 1e-6));
    }

    [Test]
    public void A_traversal_shows_the_strongest_coordinates_first_and_moves_nothing_else()
    {
        // Coordinate 2 moves samples most, then 0; 1 not at all.
        var model = new PlantedModel(LatentSpec.Normal(3), (latent, _) => stack([latent.select(1, 0), latent.select(1, 2).mul(10)], 1)).Explored(Plane);

        var shown = new TraversalStrips().Explore(model).Single();

        var blocks = Blocks(shown);
        Assert.Multiple(() =>
        {
            Assert.That(shown.File, Is.EqualTo("traversal.csv"));
            Assert.That(shown.Text, Does.Contain("7.07 along coordinate 2, 0.707 along coordinate 0, 0 along coordinate 1;"));
            Assert.That(blocks[0].Select(row => row[1]).Chunk(3), Has.All.EqualTo(new[] { -30.0, 0, 30 }).Within(1e-4));
            Assert.That(blocks[0].Select(row => row[0]).Chunk(3).SelectMany(row => row.Select(value => value - row[0])), Has.All.EqualTo(0).Within(1e-5));
            Assert.That(blocks[1].Select(row => row[0]).Chunk(3), Has.All.EqualTo(new[] { -3.0, 0, 3 }).Within(1e-5));
        });
    }

    [TestCase(true, TestName = "The first principal direction is the planted one, found by listening to a layer")]
    [TestCase(false, TestName = "The first principal direction is the planted one, found from samples where no layer can be listened to")]
    public void The_first_principal_direction_is_the_planted_one(bool layered)
    {
        using var scope = NewDisposeScope();
        using var layer = nn.Linear(8, 2, hasBias: false);
        var planted = nn.functional.normalize(randn(2, 8));
        using (no_grad())
            layer.weight.copy_(planted.mul(tensor(new float[] { 9, 1 }).unsqueeze(1)));
        var networks = new Dictionary<string, nn.Module> { [Roles.Generator] = layer };
        var model = new PlantedModel(LatentSpec.Normal(8), (latent, _) => layered ? layer.call(latent) : latent.mm(layer.weight.T), networks).Explored(Plane);

        var shown = new DirectionStrips().Explore(model).Single();

        Assert.That(shown.Text, layered ? Does.Contain("layer 'generator' (2 features)").And.Contain("1024 latents") : Does.Contain("No layer of this generator"));
        // Along it the first value goes from −27 to 27 or back, in each row.
        var first = Blocks(shown)[0].Select(row => Math.Abs(row[0])).Chunk(3).ToArray();
        Assert.That(first.Select(row => row[0]).Concat(first.Select(row => row[2])), Has.All.EqualTo(27).Within(0.5));
        Assert.That(first.Select(row => row[1]), Has.All.LessThan(0.5));
    }

    [Test]
    public void An_interpolation_leads_images_from_one_to_another_and_the_animation_back_again()
    {
        var spec = new ImageSpec(1, 28, 28);
        var model = new PlantedModel(LatentSpec.Normal(4), (latent, _) => latent.mean([1]).tanh().reshape(-1, 1, 1, 1).expand(-1, 1, 28, 28)).Explored(spec);

        var shown = new InterpolationStrips().Explore(model);

        using var sheet = SkiaSharp.SKBitmap.Decode(shown[0].Content);
        using var frame = SkiaSharp.SKBitmap.Decode(shown[1].Content);
        Assert.Multiple(() =>
        {
            Assert.That(shown.Select(picture => picture.File), Is.EqualTo(new[] { "interpolation.png", "interpolation-animated.png" }));
            Assert.That((sheet.Width, sheet.Height), Is.EqualTo((3 * 58 + 2, 3 * 58 + 2)));
            Assert.That(Encoding.Latin1.GetString(shown[1].Content).Split("fcTL"), Has.Length.EqualTo(61), "frames");
            // The first frame holds the first column of the sheet, two images in a row.
            Assert.That(new[] { frame.GetPixel(30, 30), frame.GetPixel(88, 30), frame.GetPixel(30, 88) }, Is.EqualTo(new[] { sheet.GetPixel(30, 30), sheet.GetPixel(30, 88), sheet.GetPixel(30, 146) }));
        });
    }

    [Test]
    public void Each_row_of_the_classes_has_one_latent_and_one_noise()
    {
        var model = new PlantedModel(LatentSpec.Normal(1), (latent, classes) => cat([latent + randn_like(latent), classes!.unsqueeze(1).to(ScalarType.Float32)], 1))
        {
            Conditioned = new ClassCondition(["left", "middle", "right"]),
        }.Explored(Plane);

        var shown = new ClassStrips().Explore(model).Single();

        var rows = Blocks(shown)[0].Chunk(3).ToArray();
        Assert.That(shown.Text, Does.Contain("left, middle, right"));
        Assert.That(rows, Has.Length.EqualTo(3));
        Assert.That(rows.Select(row => row.Select(sample => sample[1])), Has.All.EqualTo(new[] { 0.0, 1, 2 }));
        Assert.That(rows.Select(row => row.Select(sample => sample[0]).Distinct().Count()), Has.All.EqualTo(1));
        Assert.That(rows.Select(row => row[0][0]).Distinct().Count(), Is.EqualTo(3));
    }

    [Test]
    public void A_categorical_latent_is_shown_category_by_category_and_cannot_be_traversed()
    {
        var model = new PlantedModel(new LatentSpec([new CategoricalPart(2)]), (latent, _) => latent).Explored(Plane);

        var shown = new ClassStrips().Explore(model).Single();

        Assert.That(shown.File, Is.EqualTo("categories-1.csv"));
        Assert.That(Blocks(shown)[0].Chunk(2).Select(row => row.SelectMany(sample => sample)), Has.All.EqualTo(new[] { 1.0, 0, 0, 1 }));
        foreach (Exploration other in new Exploration[] { new TraversalStrips(), new DirectionStrips(), new InterpolationStrips() })
            Assert.That(() => other.Explore(model), Throws.TypeOf<ComponentException>().With.Message.Contains("no continuous part"));
    }

    [Test]
    public void A_model_without_classes_has_none_to_show_and_one_whose_samples_never_change_no_directions()
    {
        var model = new PlantedModel(LatentSpec.Normal(2), (latent, _) => zeros_like(latent)).Explored(Plane);

        Assert.That(() => new ClassStrips().Explore(model), Throws.TypeOf<ComponentException>().With.Message.Contains("takes no class"));
        Assert.That(() => new DirectionStrips().Explore(model), Throws.TypeOf<ComponentException>().With.Message.Contains("do not change"));
    }

    [Test]
    public void A_model_that_has_learnt_by_heart_is_told_by_its_neighbours()
    {
        using var dataset = new PointsInMemory(new PointsOptions { Count = 300, Labels = true });
        // Gives each time the training sample whose turn it is.
        var parrot = new PlantedModel(LatentSpec.Normal(1), (latent, _) => dataset.Samples.narrow(0, 5, latent.shape[0])).Explored(Plane);
        var other = new PlantedModel(LatentSpec.Normal(2), (latent, _) => latent).Explored(Plane);

        var copied = new TrainingNeighbours(dataset, SampleFeatures.Values(CPU)).Explore(parrot).Single();
        var own = new TrainingNeighbours(dataset, SampleFeatures.Values(CPU)).Explore(other).Single();

        var blocks = Blocks(copied);
        Assert.Multiple(() =>
        {
            Assert.That(copied.Text, Does.Contain("of 32 generated samples 0,").And.Contain("all 300 training samples").And.Contain("1: 0 (right)").And.Contain("2: 0 (left)"));
            Assert.That(own.Text, Does.Not.Contain("generated samples 0,"));
            Assert.That(blocks, Has.Count.EqualTo(3));
            Assert.That(blocks[0], Has.Count.EqualTo(7), "a sample and six neighbours");
            Assert.That(blocks.Select(block => block[1]), Is.EqualTo(blocks.Select(block => block[0])), "the nearest is the sample itself");
        });
    }

    [Test]
    public void Saliency_of_vectors_stands_below_them_real_ones_first()
    {
        using var scope = NewDisposeScope();
        var model = new PlantedModel(LatentSpec.Normal(2), (latent, _) => latent) { Judge = (x, _) => x.mul(tensor(new float[] { -3, 5 })).sum(1) };
        var explored = model.Explored(Plane);
        using var real = new Batch(ones(4, 2));

        var shown = new SaliencyMaps(20, 1, real).Explore(explored).Single();
        var alone = new SaliencyMaps(20, 1, null).Explore(explored).Single();

        var blocks = Blocks(shown);
        Assert.That(shown.Text, Does.StartWith("Real samples above generated ones").And.Contain("iteration 20").And.Contain("real ones 2,"));
        Assert.That(blocks[0].SelectMany(row => row), Has.All.EqualTo(1));
        Assert.That(blocks[1].Concat(blocks[3]), Has.All.EqualTo(new[] { 3.0, 5 }));
        Assert.That((alone.Text.StartsWith("Generated samples", StringComparison.Ordinal), Blocks(alone).Count), Is.EqualTo((true, 2)));
    }

    [TestCase(1)]
    [TestCase(2)]
    public void Saliency_of_images_has_as_many_rows_as_there_are_samples_and_maps(int pack)
    {
        using var scope = NewDisposeScope();
        var model = new PlantedModel(LatentSpec.Normal(2), (latent, _) => latent.mean([1]).tanh().reshape(-1, 1, 1, 1).expand(-1, 1, 28, 28)) { Judge = (x, _) => x.square().sum([1, 2, 3]) };
        var explored = model.Explored(new ImageSpec(1, 28, 28), count: 15);
        using var real = new Batch(zeros(20, 1, 28, 28));

        using var sheet = SkiaSharp.SKBitmap.Decode(new SaliencyMaps(20, pack, real).Explore(explored).Single().Content);

        // Twelve and the rest, real and generated: four bands of a row of samples and a row of maps.
        Assert.That((sheet.Width, sheet.Height), Is.EqualTo((12 * 58 + 2, 4 * (2 * 58 + 2) + 3 * 10)));
    }

    [Test]
    public void Colour_images_and_clips_are_explored_too()
    {
        using var scope = NewDisposeScope();
        ExploredModel Explored(SampleSpec spec)
        {
            long[] shape = [-1, .. spec.Shape];
            return new PlantedModel(LatentSpec.Normal(2), (latent, _) => latent.mean([1]).tanh().reshape([-1, .. spec.Shape.Select(_ => 1L)]).expand(shape)) { Judge = (x, _) => x.flatten(1).square().sum(1) }.Explored(spec);
        }
        var colour = Explored(new ImageSpec(3, 32, 16));
        var clips = Explored(new VideoSpec(4, 1, 28, 28, 10));
        (int, int) Size(Exploration exploration, ExploredModel model)
        {
            using var sheet = SkiaSharp.SKBitmap.Decode(exploration.Explore(model)[0].Content);
            return (sheet.Width, sheet.Height);
        }

        Assert.Multiple(() =>
        {
            // Enlarged by four: 64×128. Three latents, three places; samples above their maps.
            Assert.That(Size(new InterpolationStrips(), colour), Is.EqualTo((3 * 66 + 2, 3 * 130 + 2)));
            Assert.That(Size(new SaliencyMaps(1, 1, null), colour), Is.EqualTo((3 * 66 + 2, 2 * 130 + 2)));
            // Four frames in a row, a row for each of three places of three latents; each clip above its maps.
            Assert.That(Size(new InterpolationStrips(), clips), Is.EqualTo((4 * 58 + 2, 9 * 58 + 2)));
            Assert.That(Size(new SaliencyMaps(1, 1, null), clips), Is.EqualTo((4 * 58 + 2, 3 * (2 * 58 + 2) + 2 * 10)));
            Assert.That(new InterpolationStrips().Explore(clips), Has.Count.EqualTo(1), "a clip moves already");
        });
    }

    [Test]
    public void A_translation_is_explored_under_conditions_of_real_samples_and_not_without()
    {
        using var scope = NewDisposeScope();
        var model = new PlantedModel(LatentSpec.Normal(2), (latent, condition) => latent + condition!) { Conditioned = new SampleCondition(Plane) };
        var conditions = tensor(new float[] { 100, 100, 200, 200 }).reshape(2, 2);
        var explored = new ExploredModel(model, Plane, CPU, 1, conditions) { Count = 3, Steps = 3 };

        var rows = Blocks(new InterpolationStrips().Explore(explored).Single())[0].Chunk(3).ToArray();

        Assert.That(rows.Select(row => row.Average(sample => sample[0])), Is.EqualTo(new[] { 100.0, 200, 100 }).Within(5));
        Assert.That(() => new ExploredModel(model, Plane, CPU, 1), Throws.TypeOf<ComponentException>().With.Message.Contains("conditioned on"));
    }

    // The lines of a file as numbers, block by block; a line for people comes first where real samples stand beside generated ones.
    private static List<List<double[]>> Blocks(ExploredPicture picture) =>
        [.. Encoding.UTF8.GetString(picture.Content).TrimEnd().Split("\n\n").Select(block => block.Split('\n').Where(line => !line.StartsWith('#')).Select(line => line.Split(',').Select(value => double.Parse(value, CultureInfo.InvariantCulture)).ToArray()).ToList())];
}
