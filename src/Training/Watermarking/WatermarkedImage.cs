namespace PluginGan.Training;

/// <summary>An image with a watermark, and what it cost.</summary>
/// <param name="Image">The image.</param>
/// <param name="Psnr">The peak signal-to-noise ratio to the original in decibels; infinite where nothing had to be changed.</param>
public sealed record WatermarkedImage(RgbImage Image, double Psnr);
