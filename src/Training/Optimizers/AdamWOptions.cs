namespace PluginGan.Training;

/// <summary>Options of <c>adamw</c>.</summary>
public sealed class AdamWOptions : AdamOptions
{
    /// <summary>With the weight decay that torch.optim.AdamW has by default.</summary>
    public AdamWOptions() => WeightDecay = 0.01;
}
