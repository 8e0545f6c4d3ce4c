using System.ComponentModel;

namespace PluginGan.Plugins.DcGan;

/// <summary>Options of <c>dcgan-autoencoder</c>.</summary>
public sealed class DcGanAutoencoderOptions : ImageOptions
{
    /// <summary>Whether both networks are told the classes.</summary>
    [Description("Gives the class to encoder and generator (a conditional autoencoder). Needs labelled data.")]
    public bool Conditional { get; set; }
}
