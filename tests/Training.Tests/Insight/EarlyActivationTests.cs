using NUnit.Framework;
using TorchSharp;
using static TorchSharp.torch;

namespace PluginGan.Training.Tests;

public class EarlyActivationTests
{
    [Test]
    public void The_first_layer_that_tells_latents_apart_is_found_and_an_embedding_of_the_class_is_not()
    {
        using var scope = NewDisposeScope();
        var (classes, project, image) = (nn.Embedding(3, 2), nn.Linear(6, 5), nn.Linear(5, 4));
        var layers = nn.Sequential(("project", project), ("activation", nn.ReLU(inplace: true)), ("image", image));
        using var generator = new Parts(("classes", classes), ("layers", layers));
        var model = Model(generator, (latent, condition) => layers.call(cat([latent, classes.call(condition!)], 1)));
        var (latents, condition) = (randn(8, 4), zeros(8, dtype: ScalarType.Int64));

        var found = EarlyActivation.Find(model, () => model.Generate(latents, condition), 8)!;
        var recorded = found.Record([() => model.Generate(latents.narrow(0, 0, 5), condition.narrow(0, 0, 5)), () => model.Generate(latents.narrow(0, 5, 3), condition.narrow(0, 5, 3))]);

        Assert.That((found.Name, found.Features), Is.EqualTo(("generator.layers.project", 5L)));
        // As it was before the next layer changed it in place.
        Assert.That(recorded.allclose(project.call(cat([latents, classes.call(condition)], 1))));
    }

    [Test]
    public void A_mapping_network_is_listened_to_as_a_whole()
    {
        using var scope = NewDisposeScope();
        using var mapping = nn.Sequential(("first", nn.Linear(4, 6)), ("second", nn.Linear(6, 3)));
        using var generator = nn.Linear(3, 2);
        var model = new PlantedModel(LatentSpec.Normal(4), (latent, _) => generator.call(mapping.call(latent)), new Dictionary<string, nn.Module> { [Roles.Generator] = generator, [Roles.Mapping] = mapping });
        var latents = randn(8, 4);

        var found = EarlyActivation.Find(model, () => model.Generate(latents, null), 8)!;

        Assert.That((found.Name, found.Features), Is.EqualTo((Roles.Mapping, 3L)));
    }

    [Test]
    public void Of_a_layer_that_is_called_again_the_first_call_counts()
    {
        using var scope = NewDisposeScope();
        using var generator = nn.Linear(4, 4);
        var model = new PlantedModel(LatentSpec.Normal(4), (latent, _) => generator.call(generator.call(latent)), new Dictionary<string, nn.Module> { [Roles.Generator] = generator });
        var latents = randn(8, 4);

        var found = EarlyActivation.Find(model, () => model.Generate(latents, null), 8)!;

        Assert.That(found.Record([() => model.Generate(latents, null)]).allclose(generator.call(latents)));
    }

    [Test]
    public void Where_no_layer_is_called_as_one_nothing_is_found()
    {
        using var scope = NewDisposeScope();
        using var generator = nn.Linear(4, 2);
        var model = new PlantedModel(LatentSpec.Normal(4), (latent, _) => latent.mm(generator.weight.T), new Dictionary<string, nn.Module> { [Roles.Generator] = generator });
        var latents = randn(8, 4);

        Assert.That(EarlyActivation.Find(model, () => model.Generate(latents, null), 8), Is.Null);
    }

    private static PlantedModel Model(nn.Module generator, Func<Tensor, Tensor?, Tensor> generate) =>
        new(LatentSpec.Normal(4), generate, new Dictionary<string, nn.Module> { [Roles.Generator] = generator }) { Conditioned = new ClassCondition(["a", "b", "c"]) };

    private sealed class Parts : nn.Module
    {
        public Parts(params (string Name, nn.Module Module)[] parts)
            : base(nameof(Parts))
        {
            foreach (var (name, module) in parts)
                register_module(name, module);
        }
    }
}
