using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace PluginGan.Plugins.SequenceGan;

/// <summary>Options of <c>sequence-gan</c>.</summary>
public sealed class SequenceGanOptions
{
    /// <summary>The width of both networks.</summary>
    [Range(4, 4096)]
    [Description("Channels of the convolutions along the sequence, in both networks.")]
    public int Width { get; set; } = 64;

    /// <summary>The size of the latent.</summary>
    [Range(1, 65536)]
    [Description("How many standard normal values a sequence is made from.")]
    public int Latent { get; set; } = 64;

    /// <summary>Convolutions of each network.</summary>
    [Range(1, 32)]
    [Description("Convolutions, five symbols wide, of each network.")]
    public int Layers { get; set; } = 2;

    /// <summary>The temperature at the start.</summary>
    [Range(0.01, 100.0)]
    [Description("The temperature at which symbols are drawn at the start of the run; a lower one is nearer to one-hot and has wilder gradients.")]
    public double Temperature { get; set; } = 1;

    /// <summary>The temperature at the end.</summary>
    [Range(0.01, 100.0)]
    [Description("The temperature at the end of the run; it falls from 'temperature' to this by equal factors.")]
    public double FinalTemperature { get; set; } = 0.5;

    /// <summary>Whether drawn symbols are one-hot in training.</summary>
    [Description("Whether the discriminator is given one-hot symbols in training too, with the gradient of the soft ones (straight-through).")]
    public bool StraightThrough { get; set; } = true;
}
