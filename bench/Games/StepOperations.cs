namespace PluginGan.Bench.Games;

/// <summary>Operations of one iteration of a GAN whose two updates share the generated batch, from the shapes of the layers.</summary>
internal static class StepOperations
{
    /// <summary>Operations for each real sample, of convolutions and matrix products alone.</summary>
    /// <param name="model">The model.</param>
    /// <param name="frozen">Whether the discriminator's weights have no gradient while the generator is trained, as in the product's trainer.</param>
    public static double PerSample(GanModel model, bool frozen)
    {
        const int Batch = 2;
        var layers = Layer.Of(model, Batch);
        var generator = layers.Where(layer => layer.Network == Roles.Generator).ToList();
        var discriminator = layers.Where(layer => layer.Network == Roles.Discriminator).ToList();
        double Forward(List<Layer> network) => network.Sum(layer => layer.Operations);
        // Nothing is learned from the gradient by the latents, nor by the images in the discriminator's own update.
        double Backward(List<Layer> network) => network.Sum(layer => layer.IsFirst ? layer.Operations : 2 * layer.Operations);

        var generatorUpdate = Forward(discriminator) + Forward(discriminator) * (frozen ? 1 : 2) + Backward(generator);
        var discriminatorUpdate = 2 * (Forward(discriminator) + Backward(discriminator));
        return (Forward(generator) + discriminatorUpdate + generatorUpdate) / Batch;
    }
}
