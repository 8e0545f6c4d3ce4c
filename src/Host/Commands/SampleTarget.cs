using PluginGan.Training;

namespace PluginGan.Host.Commands;

/// <summary>Where samples are written, and in which format.</summary>
/// <param name="Path">A file, or a folder for one file each.</param>
/// <param name="Extension">The format of each file, with its dot, in lower case.</param>
/// <param name="IsFolder">Whether each sample gets a file of its own.</param>
internal sealed record SampleTarget(string Path, string Extension, bool IsFolder)
{
    private const string Folder = "a folder for one file each (--out FOLDER/)";

    /// <summary>Whether the samples are written as arrays.</summary>
    public bool IsArrays => Extension == SampleFile.Arrays;

    /// <param name="path">What the user or the command has named: a folder ends in a slash, is there already, or has no extension.</param>
    /// <param name="spec">What a sample is.</param>
    /// <exception cref="UsageException">Samples of that kind are not written in that format.</exception>
    public static SampleTarget Of(string path, SampleSpec spec)
    {
        var extension = System.IO.Path.GetExtension(path).ToLowerInvariant();
        if (path.EndsWith('/') || Directory.Exists(path) || extension.Length == 0)
            return new SampleTarget(path, SampleFile.Extension(spec), IsFolder: true);
        var possible = SampleFile.Extensions(spec);
        if (possible.Contains(extension))
            return new SampleTarget(path, extension, IsFolder: false);
        var kind = spec.Kind.ToString().ToLowerInvariant();
        throw new UsageException($"--out: {kind} samples are not written as '{extension}'; "
            + $"name a file that ends in {string.Join(", ", possible)}, or {Folder}");
    }

    /// <summary>Refuses a sheet that is too large to draw or to look at.</summary>
    /// <param name="count">How many samples.</param>
    /// <param name="columns">Images in a row of a sheet.</param>
    /// <param name="spec">What a sample is.</param>
    /// <param name="source">What is drawn above each sample, of a translation; else null.</param>
    /// <exception cref="UsageException">It would be too large; the message says what would do.</exception>
    public void RequireSheet(int count, int columns, SampleSpec spec, SampleSpec? source)
    {
        if (IsFolder || IsArrays || spec is not (ImageSpec or VideoSpec))
            return;
        var (width, height) = Size(spec, count, columns);
        if (source is not null)
            height += Size(source, count, columns).Height;
        if (width > ImageFile.MostSide || height > ImageFile.MostSide || width * height > ImageFile.MostPixels)
        {
            throw new UsageException($"--out: a sheet of {count} images would have {width}×{height} pixels (width × height), "
                + $"and may have {ImageFile.MostSide} on a side and {ImageFile.MostPixels / 1_000_000} million in all; "
                + $"name {Folder}, or a file that ends in {SampleFile.Arrays}");
        }
    }

    private static (long Width, long Height) Size(SampleSpec spec, int count, int columns) => spec switch
    {
        VideoSpec video => ImageGrid.Size((long)count * video.Frames, video.Frames, video.Width, video.Height),
        ImageSpec image => ImageGrid.Size(count, columns, image.Width, image.Height),
        _ => (0, 0),
    };
}
