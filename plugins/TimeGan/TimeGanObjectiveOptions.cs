using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace PluginGan.Plugins.TimeGan;

/// <summary>Options of the objective <c>timegan</c>; the defaults are those of the authors' code.</summary>
public sealed class TimeGanObjectiveOptions
{
    /// <summary>The share of the run that learns embeddings.</summary>
    [Range(0.01, 0.9)]
    [Description("The share of the run in which embedder and recovery learn alone.")]
    public double Embedding { get; set; } = 1 / 3.0;

    /// <summary>The share of the run that learns to predict.</summary>
    [Range(0.01, 0.9)]
    [Description("The share of the run, after that, in which the supervisor learns alone; the rest is the game.")]
    public double Supervising { get; set; } = 1 / 3.0;

    /// <summary>How much unsupervised embeddings count.</summary>
    [Range(0.0, 1e6)]
    [Description("γ: how much the discriminator's verdict on what the generator alone makes counts, before the supervisor has carried it on.")]
    public double Gamma { get; set; } = 1;

    /// <summary>How much the generator is to make embeddings that the supervisor foresees.</summary>
    [Range(0.0, 1e6)]
    [Description("The weight of the root of the supervised loss in the generator's.")]
    public double Supervision { get; set; } = 100;

    /// <summary>How much the generator's moments are to be those of the data.</summary>
    [Range(0.0, 1e6)]
    [Description("The weight, in the generator's loss, of how far means and deviations of its batch are from those of the data.")]
    public double Moments { get; set; } = 100;

    /// <summary>The discriminator's loss below which it rests.</summary>
    [Range(0.0, 1e6)]
    [Description("The discriminator is not trained by a batch on which its loss is below this.")]
    public double Rest { get; set; } = 0.15;
}
