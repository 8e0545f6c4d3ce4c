using System.Globalization;
using System.Text;
using PluginGan.Core;

namespace PluginGan.Host.Reports;

/// <summary>The samples of a run over its time.</summary>
/// <param name="Sheets">Those shown, by iteration.</param>
/// <param name="Found">How many there are.</param>
internal sealed record SheetSeries(IReadOnlyList<Sheet> Sheets, int Found)
{
    // Of samples that are no images: what they are compared with.
    private const string Real = "real";

    // A page of more than that is slow to open and to send.
    private const int Most = 60;
    private const long MostBytes = 24 << 20;

    /// <summary>Reads the sheets of a folder that still count. Of very many it takes some, evenly; the last is always among them.</summary>
    /// <param name="folder">The run's <c>samples</c> folder, which need not exist.</param>
    /// <param name="reached">The iterations that the run has done: what lies beyond was taken back.</param>
    /// <param name="run">The run's files.</param>
    /// <param name="note">Told what cannot be shown.</param>
    /// <exception cref="IOException">The folder is not the run's.</exception>
    public static SheetSeries Read(string folder, long reached, RunFiles run, Action<string> note)
    {
        if (!Directory.Exists(folder))
            return new SheetSeries([], 0);
        run.Require(folder);
        var files = new DirectoryInfo(folder).GetFiles()
            .Where(file => Iteration(file) is { } iteration && iteration <= reached)
            .OrderBy(Iteration).ToArray();
        var average = Math.Max(1, files.Sum(file => file.Length) / Math.Max(1, files.Length));
        var chosen = Downsampling.Evenly(files.Length, (int)Math.Clamp(MostBytes / average, 1, Most));
        var sheets = chosen.Select(position => Sheet.Read(files[position], RealOf(files[position]), Iteration(files[position])!.Value, run, note));
        return new SheetSeries([.. sheets.OfType<Sheet>()], files.Length);
    }

    private static FileInfo? RealOf(FileInfo sheet) => new FileInfo(Path.Combine(sheet.DirectoryName!, Real + sheet.Extension)) is { Exists: true } real ? real : null;

    private static long? Iteration(FileInfo file) =>
        long.TryParse(Path.GetFileNameWithoutExtension(file.Name), NumberStyles.None, CultureInfo.InvariantCulture, out var iteration) ? iteration : null;
}

/// <summary>The samples of one iteration: a picture, or the beginning of a text.</summary>
internal sealed record Sheet(long Iteration, string File, Picture? Picture, TextHead? Text)
{
    /// <summary>The same as points of a plane, where they are such.</summary>
    public PointCloud? Points { get; init; }

    /// <summary>The file of the real samples, where they are not on the sheet.</summary>
    public string? Real { get; init; }

    public static Sheet? Read(FileInfo file, FileInfo? real, long iteration, RunFiles run, Action<string> note)
    {
        try
        {
            run.Require(file.FullName);
            if (real is not null)
                run.Require(real.FullName);
            if (file.Extension != ".png")
                return new Sheet(iteration, file.Name, null, TextHead.Read(file.FullName))
                {
                    Points = file.Extension == ".csv" ? PointCloud.Read(real?.FullName, file.FullName) : null,
                    Real = real?.Name,
                };
            var bytes = System.IO.File.ReadAllBytes(file.FullName);
            if (Picture.IsPng(bytes))
                return new Sheet(iteration, file.Name, new Picture($"Samples after iteration {iteration}", "", bytes), null);
            note($"samples/{file.Name} is no PNG image.");
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            note($"samples/{file.Name} cannot be read: {error.Message}");
        }
        return null;
    }
}

/// <summary>The beginning of a text file.</summary>
/// <param name="Text">Its first lines.</param>
/// <param name="Whole">Whether that is all of it.</param>
internal sealed record TextHead(string Text, bool Whole)
{
    private const int Lines = 40;
    private const int Columns = 400;

    public static TextHead Read(string path)
    {
        var text = new StringBuilder();
        using var reader = new StreamReader(path);
        for (var line = 0; line < Lines; line++)
        {
            if (reader.ReadLine() is not { } read)
                return new TextHead(text.ToString(), true);
            text.Append(read.Length <= Columns ? read : $"{read.AsSpan(0, Columns)} …").Append('\n');
        }
        return new TextHead(text.ToString(), reader.Peek() < 0);
    }
}
