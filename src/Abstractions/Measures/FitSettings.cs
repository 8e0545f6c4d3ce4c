namespace PluginGan;

/// <summary>The settings of a <see cref="Fitting"/>: Adam with a learning rate that falls to zero along half a cosine.</summary>
/// <param name="Epochs">Passes over the data.</param>
/// <param name="Batch">Samples in a batch.</param>
/// <param name="Rate">The learning rate at the start.</param>
public sealed record FitSettings(int Epochs, int Batch, double Rate);
