using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace PluginGan.Plugins.TimeGan;

/// <summary>Options of the architecture <c>timegan</c>.</summary>
public sealed class TimeGanOptions
{
    /// <summary>The width of embeddings and recurrent layers.</summary>
    [Range(1, 4096)]
    [Description("How many values an embedded time step has, and each recurrent layer.")]
    public int Width { get; set; } = 24;

    /// <summary>Recurrent layers.</summary>
    [Range(1, 16)]
    [Description("Recurrent layers (GRU) of each network; the supervisor has one fewer, at least one.")]
    public int Layers { get; set; } = 3;

    /// <summary>The size of the latent at each step.</summary>
    [Range(0, 4096)]
    [Description("How many uniform values a time step is made from; 0 takes as many as there are channels.")]
    public int Latent { get; set; }

    /// <summary>How much of the latent is the same at every step.</summary>
    [Range(0, 4096)]
    [Description("How many of these are drawn once for a series and stay: for what a series has all along, such as a frequency (z_S of the paper).")]
    public int Static { get; set; }
}
