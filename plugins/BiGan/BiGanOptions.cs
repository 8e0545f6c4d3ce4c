using System.ComponentModel;

namespace PluginGan.Plugins.BiGan;

/// <summary>Options of <c>bigan</c>.</summary>
public sealed class BiGanOptions
{
    /// <summary>Whether generator and encoder play the minimax game.</summary>
    [Description("Whether generator and encoder minimise what the discriminator maximises, instead of the game with the labels exchanged, which has a gradient while the discriminator wins.")]
    public bool Saturating { get; set; }
}
