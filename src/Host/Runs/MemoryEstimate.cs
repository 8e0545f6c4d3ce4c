namespace PluginGan.Host.Runs;

/// <summary>About how much memory a run takes on its device, in bytes, besides libtorch itself.</summary>
/// <param name="Weights">Weights, gradients, two moments and the average, float32.</param>
/// <param name="Data">The data set, where it is kept on the device.</param>
/// <param name="Activations">What the backward pass keeps of one batch: a rule of thumb from the size of samples.</param>
internal sealed record MemoryEstimate(long Weights, long Data, long Activations)
{
    // A DCGAN keeps about a hundred values for each value of a sample, over generator and discriminator.
    private const int KeptForEachValue = 100;

    public double Megabytes => (Weights + Data + Activations) / 1e6;

    public static MemoryEstimate Of(RunAssembly assembly, long parameters)
    {
        var copies = assembly.Recipe.Training.Ema is null ? 4 : 5;
        var values = assembly.Dataset.Spec.Sample.Shape.Aggregate(1L, (product, size) => product * size);
        var batch = assembly.Recipe.Training.Batch / assembly.Recipe.Training.Accumulate;
        return new MemoryEstimate(parameters * copies * sizeof(float), assembly.Setup.Data.ResidentBytes, values * batch * KeptForEachValue * sizeof(float));
    }
}
