namespace PluginGan.Training;

#pragma warning disable CS1591
public enum GradientClipKind { Norm, Value, Adaptive }

public sealed record GradientClip(GradientClipKind Kind, double Threshold);
