namespace PluginGan.Host.Reports;

/// <summary>Reads pictures until they are as many bytes as a page can carry well.</summary>
/// <param name="files">The run's.</param>
internal sealed class PictureBudget(RunFiles files)
{
    private long left = 16 << 20;

    /// <summary>A picture of a folder, or null where it cannot be shown.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="file">A file's name in it; not a path.</param>
    /// <param name="title">What it is.</param>
    /// <param name="text">What it shows.</param>
    /// <param name="note">Told why it is not shown.</param>
    public Picture? Read(string folder, string file, string title, string text, Action<string> note)
    {
        var name = $"{Path.GetFileName(folder)}/{file}";
        try
        {
            var path = Path.Combine(folder, file);
            if (file != Path.GetFileName(file) || !File.Exists(path))
            {
                note($"{name} is no file of that folder.");
                return null;
            }
            files.Require(path);
            if (new FileInfo(path).Length > left)
                note($"{name} is too large for this page; it is in the run's folder.");
            else if (File.ReadAllBytes(path) is var bytes && !Picture.IsPng(bytes))
                note($"{name} is no PNG image.");
            else
            {
                left -= bytes.Length;
                return new Picture(title, text, bytes);
            }
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            note($"{name} cannot be read: {error.Message}");
        }
        return null;
    }
}
