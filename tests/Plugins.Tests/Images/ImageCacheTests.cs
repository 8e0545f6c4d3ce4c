using NUnit.Framework;
using PluginGan.Plugins.Images.Decoding;
using PluginGan.Plugins.Images.Folders;

namespace PluginGan.Plugins.Tests.Images;

/// <summary>Decoded images are kept, and never those of something else.</summary>
public sealed class ImageCacheTests
{
    [Test]
    public void A_second_start_decodes_nothing()
    {
        using var folder = Three();
        var first = Bytes(folder);
        Assert.That(folder.Progress[^1], Is.EqualTo(new ComponentProgress($"decoding {Path.GetFileName(folder.Root)}", 3, 3)));
        folder.Progress.Clear();

        Assert.That(Bytes(folder), Is.EqualTo(first));
        Assert.That(folder.Progress, Is.Empty);
    }

    [Test]
    public void The_splits_share_what_is_decoded()
    {
        using var folder = Three();
        Bytes(folder);
        folder.Progress.Clear();

        Bytes(folder, options => options.Split = FolderSplit.Test);
        Bytes(folder, options => options.Labels = false);
        Assert.That(folder.Progress, Is.Empty);
    }

    [Test]
    public void What_the_images_depend_on_is_never_mixed_up()
    {
        using var folder = Three();
        Action<ImageFolderOptions>[] changes =
        [
            options => options.Size = 6, options => options.Size = 0, options => (options.Size, options.Resize) = (6, ResizeMode.Stretch), options => (options.Size, options.Resize) = (6, ResizeMode.Pad),
            options => (options.Size, options.Resize) = (6, ResizeMode.RandomCrop), options => options.Channels = ChannelMode.Grey, options => options.Background = Background.Black,
        ];
        var alone = changes.Select(change => Bytes(folder, options =>
        {
            change(options);
            options.Cache = false;
        })).ToList();

        foreach (var repetition in Enumerable.Range(0, 2))
            foreach (var (index, change) in changes.Index())
                Assert.That(Bytes(folder, change), Is.EqualTo(alone[index]), $"{index}, {repetition}");
    }

    [Test]
    public void A_file_that_changes_comes_or_goes_is_noticed_and_the_old_cache_replaced()
    {
        using var folder = Three();
        var first = Bytes(folder);

        folder.With("lossy.webp", "1.png");
        File.SetLastWriteTimeUtc(Path.Combine(folder.Root, "1.png"), DateTime.UtcNow.AddMinutes(1));
        Assert.That(Bytes(folder), Is.Not.EqualTo(first));
        folder.With("rgb.png", "4.png");
        Assert.That(Bytes(folder), Has.Length.EqualTo(first.Length / 3 * 4));
        File.Delete(Path.Combine(folder.Root, "4.png"));
        Assert.That(Bytes(folder), Has.Length.EqualTo(first.Length));
        Assert.That(Kept(folder), Has.Length.EqualTo(1));
    }

    [Test]
    public void A_damaged_cache_is_made_anew([Values(0, 10, -1)] int length)
    {
        using var folder = Three();
        var first = Bytes(folder);
        var cache = Kept(folder).Single();
        var content = File.ReadAllBytes(cache);
        File.WriteAllBytes(cache, length < 0 ? content[..^1] : content[..length]);

        Assert.That(Bytes(folder), Is.EqualTo(first));
        Assert.That(File.ReadAllBytes(cache), Is.EqualTo(content));
    }

    [Test]
    public void Without_a_cache_nothing_stays()
    {
        using var folder = Three();
        var mapped = folder.Open(options => options.Cache = false, memory: 0);
        Bytes(folder, options => options.Cache = false);
        PictureFolder.Bytes(mapped);
        mapped.Dispose();
        mapped.Dispose();

        Assert.That(Kept(folder), Is.Empty);
    }

    [Test]
    public void What_does_not_fit_into_memory_is_read_from_the_map()
    {
        using var folder = Three();
        using var inMemory = folder.Open();
        using var mapped = folder.Open(memory: 1000);

        Assert.That(inMemory, Is.InstanceOf<IInMemory>());
        Assert.That(mapped, Is.Not.InstanceOf<IInMemory>());
        Assert.That(mapped.Spec, Is.EqualTo(inMemory.Spec));
        Assert.That(PictureFolder.Bytes(mapped), Is.EqualTo(PictureFolder.Bytes(inMemory)));
    }

    [Test]
    public void Labels_are_read_from_the_map_as_from_memory()
    {
        using var folder = new PictureFolder().With("rgb.png", "a/1.png").With("grey.png", "b/1.png").With("rgb.png", "b/2.png");
        using var inMemory = folder.Open();
        using var mapped = folder.Open(memory: 0);

        Assert.That(PictureFolder.Labels(mapped), Is.EqualTo(PictureFolder.Labels(inMemory)).And.EqualTo(new[] { 0, 1, 1 }));
    }

    [Test]
    public void What_an_interruption_leaves_is_nothing()
    {
        using var folder = Three();

        Assert.Catch<OperationCanceledException>(() => folder.Open(cancel: new CancellationToken(true)).Dispose());
        Assert.That(Kept(folder), Is.Empty);
    }

    [Test]
    public void A_data_folder_that_cannot_be_written_is_named()
    {
        using var folder = Three();
        File.WriteAllText(Path.Combine(folder.Data, "image-folder"), "a file where the folder should be");

        Assert.That(folder.Refusal(), Does.Contain("cannot be written").And.Contain(folder.Data).And.Contain("PLUGINGAN_DATA"));
    }

    private static PictureFolder Three() => new PictureFolder().With("rgb.png", "1.png").With("alpha.png", "2.png").With("baseline.jpg", "3.jpg");

    private static byte[] Bytes(PictureFolder folder, Action<ImageFolderOptions>? change = null)
    {
        using var images = folder.Open(change);
        return PictureFolder.Bytes(images);
    }

    private static string[] Kept(PictureFolder folder) => Directory.Exists(Path.Combine(folder.Data, "image-folder")) ? Directory.GetFiles(Path.Combine(folder.Data, "image-folder")) : [];
}
