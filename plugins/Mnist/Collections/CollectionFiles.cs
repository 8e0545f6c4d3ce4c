using PluginGan.Plugins.Mnist.Idx;

namespace PluginGan.Plugins.Mnist.Collections;

/// <summary>
/// Finds the files of a collection: in the folder that the user names; else in the data folder, where a distribution installs
/// them, or on the web, from where they are kept in the data folder. Only files of the user's own folder may differ from the official ones.
/// </summary>
internal sealed class CollectionFiles(Collection collection, ComponentContext context)
{
    private readonly string folder = Path.Combine(context.DataFolder, collection.Name);

    /// <summary>Opens a split.</summary>
    /// <exception cref="ComponentException">A file is missing and cannot be fetched, or one is not what it should be.</exception>
    public Dataset Open(MnistOptions options)
    {
        var (images, labels) = options.Split == Split.Train
            ? (CollectionFile.TrainImages, CollectionFile.TrainLabels)
            : (CollectionFile.TestImages, CollectionFile.TestLabels);
        CollectionFile[] needed = options.Labels ? [images, labels] : [images];
        var arrays = needed.Select(file => options.Path.Length > 0 ? ReadFrom(Path.GetFullPath(options.Path), file) : ReadOfficial(file, needed)).ToList();
        IReadOnlyList<DataSource> sources = [.. arrays.Select(array => SourceOf(array.Source))];
        return GreyImages.Open(arrays[0], arrays.ElementAtOrDefault(1), collection.Classes, .., options.Subset, sources);
    }

    private static DataSource SourceOf(string file) => new(Path.GetDirectoryName(Path.GetFullPath(file))!, [Path.GetFileName(file)]);

    private static IdxArray ReadFrom(string folder, CollectionFile file)
    {
        if (!Directory.Exists(folder))
            throw new ComponentException($"the option 'path' names the folder {folder}, which does not exist");
        var path = file.FindIn(folder) ?? throw new ComponentException($"the folder {folder} (option 'path') holds no {file.Name}, plain or as {file.Archive}");
        return IdxReader.Read(path, file.Dimensions);
    }

    private IdxArray ReadOfficial(CollectionFile file, IEnumerable<CollectionFile> needed)
    {
        if (Find(file) is not { } path)
            return DownloadAsync(file, needed).GetAwaiter().GetResult(); // A component is created synchronously: this is the one place that waits.
        try
        {
            return ReadVerified(path, file);
        }
        catch (ComponentException error)
        {
            throw new ComponentException($"{error.Message}; delete the file to have it fetched again, or name a folder of your own with the option 'path'", error);
        }
    }

    private string? Find(CollectionFile file) =>
        file.FindIn(folder) ?? (collection.InstalledFolder is { } installed ? file.FindIn(installed) : null);

    private async Task<IdxArray> DownloadAsync(CollectionFile file, IEnumerable<CollectionFile> needed)
    {
        var failures = new List<string>();
        var complete = Path.Combine(folder, file.Archive);
        using var download = new Download(context.Progress, context.CancellationToken);
        foreach (var mirror in collection.Mirrors)
        {
            // A part that one server left is only ever completed by the same server.
            var partial = $"{complete}.{mirror.Host}.partial";
            try
            {
                Directory.CreateDirectory(folder);
                await download.FetchAsync(new Uri(mirror, file.Archive), partial);
                var array = ReadVerified(partial, file);
                Record(file, array);
                File.Move(partial, complete, overwrite: true);
                foreach (var remainder in Directory.EnumerateFiles(folder, $"{file.Archive}.*.partial"))
                    File.Delete(remainder);
                return array with { Source = complete };
            }
            catch (ComponentException error)
            {
                File.Delete(partial);
                failures.Add($"{mirror} served a wrong file: {error.Message}");
            }
            catch (Exception error) when (error is HttpRequestException or IOException or UnauthorizedAccessException)
            {
                failures.Add($"{mirror}: {error.Message}");
            }
        }
        var missing = string.Join(" and ", needed.Where(file => Find(file) is null).Select(file => file.Archive));
        throw new ComponentException($"{collection.Name} cannot be downloaded. Put {missing} into {folder}, "
            + $"or name a folder that holds the files with the option 'path'. Tried: {string.Join("; ", failures)}");
    }

    private IdxArray ReadVerified(string path, CollectionFile file)
    {
        var array = IdxReader.Read(path, file.Dimensions);
        if (collection.Sha256.TryGetValue(file, out var expected) && array.Sha256() != expected)
            throw new ComponentException($"{path} is not the official {file.Name} of {collection.Name}: its content has the SHA-256 {array.Sha256()} instead of {expected}");
        if (Recorded(file) is { } recorded && array.Sha256() != recorded)
        {
            throw new ComponentException($"{path} is not what was downloaded first: its content has the SHA-256 {array.Sha256()} "
                + $"instead of {recorded}, which {ChecksumPath(file)} holds");
        }
        return array;
    }

    // Where the official checksum is not known, that of the first download stands for it.
    private void Record(CollectionFile file, IdxArray array)
    {
        if (!collection.Sha256.ContainsKey(file) && !File.Exists(ChecksumPath(file)))
            File.WriteAllText(ChecksumPath(file), array.Sha256() + "\n");
    }

    private string? Recorded(CollectionFile file) =>
        !collection.Sha256.ContainsKey(file) && File.Exists(ChecksumPath(file)) ? File.ReadAllText(ChecksumPath(file)).Trim() : null;

    private string ChecksumPath(CollectionFile file) => Path.Combine(folder, $"{file.Name}.sha256");
}
