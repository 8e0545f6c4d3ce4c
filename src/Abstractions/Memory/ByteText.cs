using System.Globalization;

namespace PluginGan;

/// <summary>A number of bytes as messages and reports write it: 1 GB is 10⁹ bytes.</summary>
internal static class ByteText
{
    /// <summary>The number in the largest unit of which there is one: <c>12.5 MB</c>.</summary>
    public static string Of(double bytes) => bytes switch
    {
        < 1e3 => string.Create(CultureInfo.InvariantCulture, $"{bytes:0} B"),
        < 1e6 => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e3:0.0} kB"),
        < 1e9 => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e6:0.0} MB"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e9:#,0.0} GB"),
    };
}
