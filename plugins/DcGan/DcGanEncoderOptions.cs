namespace PluginGan.Plugins.DcGan;

/// <summary>Options of <c>dcgan-encoder</c>.</summary>
public sealed class DcGanEncoderOptions : DiscriminatorOptions;
