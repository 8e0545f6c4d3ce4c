using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Win32.SafeHandles;
using PluginGan.Plugins.Images.Decoding;
using PluginGan.Plugins.Images.Folders;

namespace PluginGan.Plugins.Images.Caching;

/// <summary>
/// The decoded images of a folder: from the cache where nothing has changed, else decoded on all cores. The cache has one file for a folder and
/// the options that matter, which is replaced when files come, go or change; all splits share it.
/// </summary>
internal sealed class DecodedFolder(FolderListing listing, ImageFolderOptions options, ComponentContext context)
{
    private const string Unfinished = ".part";

    // What a process that was killed has left.
    private static readonly TimeSpan Abandoned = TimeSpan.FromDays(1);

    private readonly string folder = Path.Combine(context.DataFolder, "image-folder");
    private readonly byte background = options.Background == Background.White ? byte.MaxValue : byte.MinValue;

    /// <summary>Opens the images; the caller disposes the file.</summary>
    /// <exception cref="ComponentException">The images differ in size and are to be left so, none can be decoded, or they cannot be kept.</exception>
    public PixelFile Open()
    {
        var settings = string.Create(CultureInfo.InvariantCulture, $"{listing.Root}\n{options.Size} {options.Resize} {options.Channels} {options.Background}\n{ImageDecoder.Version}");
        var path = Path.Combine(folder, $"{Hash([settings])[..32]}.pixels");
        var key = Hash([settings, .. listing.Files.Select(file => string.Create(CultureInfo.InvariantCulture, $"{file.Name}\n{file.Length} {file.Modified}"))]);
        if (options.Cache && PixelFile.TryOpen(path, key) is { } known)
            return known;
        try
        {
            return Decode(path, key);
        }
        catch (Exception error) when ((error as AggregateException)?.InnerException is IOException or UnauthorizedAccessException || error is IOException or UnauthorizedAccessException)
        {
            throw new ComponentException($"the decoded images of {listing.Root} cannot be written to {folder}: {error.GetBaseException().Message}; free space there, or name another data folder (PLUGINGAN_DATA)", error);
        }
    }

    private PixelFile Decode(string path, string key)
    {
        var resizing = new Resizing(options.Size, options.Resize, background);
        var failures = new string?[listing.Files.Count];
        var headers = Probe(failures);
        if (options.Size == 0)
            RequireOneSize(headers, failures);
        var channels = options.Channels switch
        {
            ChannelMode.Grey => 1,
            ChannelMode.Rgb => 3,
            _ => headers.Index().All(header => failures[header.Index] is not null || header.Item.IsGrey) ? 1 : 3,
        };
        var (slots, end) = Lay(headers, failures, resizing, channels);

        Directory.CreateDirectory(folder);
        DeleteAbandoned();
        var part = $"{path}.{Guid.NewGuid():N}{Unfinished}";
        SafeFileHandle? handle = null;
        try
        {
            // The whole length is asked for at once, so that a full disk is found before the work.
            handle = File.OpenHandle(part, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete, options.Cache ? FileOptions.None : FileOptions.DeleteOnClose, end);
            DecodeAll(slots, resizing, channels, failures, handle);
            var index = new PixelIndex(key, channels, [.. slots.Where(slot => failures[slot.File] is null)],
                [.. failures.Index().Where(failure => failure.Item is not null).Select(failure => new Failure(failure.Index, failure.Item!))]);
            var pixels = PixelFile.Complete(handle, end, index);
            if (options.Cache)
                File.Move(part, path, overwrite: true);
            return pixels;
        }
        catch
        {
            handle?.Dispose();
            File.Delete(part);
            throw;
        }
    }

    private ImageHeader[] Probe(string?[] failures)
    {
        var headers = new ImageHeader[listing.Files.Count];
        // Each core decodes one at a time.
        var most = DataMemory.Available() / Environment.ProcessorCount;
        Parallel.For(0, headers.Length, Everywhere(), file =>
            failures[file] = Reason(() => headers[file] = ImageDecoder.Probe(FullPath(file), most)));
        return headers;
    }

    private void DecodeAll(IReadOnlyList<ImageSlot> slots, Resizing resizing, int channels, string?[] failures, SafeFileHandle handle)
    {
        var progress = new DecodingProgress(context.Progress, $"decoding {Path.GetFileName(listing.Root)}", slots.Count);
        Parallel.ForEach(slots, Everywhere(), slot =>
        {
            Planes? image = null;
            failures[slot.File] = Reason(() => image = resizing.Apply(ImageDecoder.Decode(FullPath(slot.File), channels, background)));
            if (image is not null && (image.Width, image.Height) != (slot.Width, slot.Height))
                failures[slot.File] = "changed while it was read";
            else if (image is not null)
                RandomAccess.Write(handle, image.Values, slot.Offset);
            progress.Add();
        });
    }

    private static (IReadOnlyList<ImageSlot> Slots, long End) Lay(ImageHeader[] headers, string?[] failures, Resizing resizing, int channels)
    {
        var slots = new List<ImageSlot>(headers.Length);
        var end = 0L;
        for (var file = 0; file < headers.Length; file++)
        {
            if (failures[file] is not null)
                continue;
            var (width, height) = resizing.Of(headers[file].Width, headers[file].Height);
            slots.Add(new ImageSlot(file, end, width, height));
            end += (long)channels * width * height;
        }
        return (slots, end);
    }

    private void RequireOneSize(ImageHeader[] headers, string?[] failures)
    {
        const int Shown = 5;
        var sizes = headers.Index().Where(header => failures[header.Index] is null).GroupBy(header => (header.Item.Width, header.Item.Height)).OrderByDescending(size => size.Count()).ToList();
        if (sizes.Count <= 1)
            return;
        var listed = sizes.Take(Shown).Select(size => $"{size.Key.Width}×{size.Key.Height} ({size.Count()}, such as {listing.Files[size.First().Index].Name})");
        throw new ComponentException($"the images in {listing.Root} are of {sizes.Count} sizes: {string.Join(", ", listed)}{(sizes.Count > Shown ? ", …" : "")}; "
            + "set 'size' to the rows and columns that they are to have ('resize' says how)");
    }

    private void DeleteAbandoned()
    {
        foreach (var file in new DirectoryInfo(folder).EnumerateFiles($"*{Unfinished}"))
            if (DateTime.UtcNow - file.LastWriteTimeUtc > Abandoned)
                file.Delete();
    }

    private string FullPath(int file) => Path.Combine(listing.Root, listing.Files[file].Name);

    private ParallelOptions Everywhere() => new() { MaxDegreeOfParallelism = Environment.ProcessorCount, CancellationToken = context.CancellationToken };

    private static string? Reason(Action attempt)
    {
        try
        {
            attempt();
            return null;
        }
        catch (UndecodableException error)
        {
            return error.Message;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return error is UnauthorizedAccessException ? "not permitted to read" : "cannot be read";
        }
    }

    private static string Hash(IEnumerable<string> lines)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var line in lines)
            hash.AppendData(Encoding.UTF8.GetBytes(line + "\n"));
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
