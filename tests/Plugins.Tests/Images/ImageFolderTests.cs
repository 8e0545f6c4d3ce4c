using NUnit.Framework;
using PluginGan.Plugins.Images.Decoding;
using PluginGan.Plugins.Images.Folders;

namespace PluginGan.Plugins.Tests.Images;

/// <summary>Which files of a folder become which samples.</summary>
public sealed class ImageFolderTests
{
    [Test]
    public void Subfolders_are_classes_in_the_order_of_their_names_with_all_that_lies_below()
    {
        using var folder = new PictureFolder().With("rgb.png", "b/deep/er/2.png").With("rgb.bmp", "b/1.bmp").With("rgb.png", "Z/3.png").With("rgb.png", "ärger/4.png").With("rgb.png", "a/日本 语.png");
        using var images = folder.Open();

        Assert.That(((ClassCondition)images.Spec.Condition).Names, Is.EqualTo(new[] { "Z", "a", "b", "ärger" }));
        Assert.That(PictureFolder.Labels(images), Is.EqualTo(new[] { 0, 1, 2, 2, 3 }));
        Assert.That(folder.Warnings, Is.Empty);
    }

    [Test]
    public void Images_in_the_folder_itself_are_unlabelled()
    {
        using var folder = new PictureFolder().With("rgb.png").With("rgb.bmp");
        using var images = folder.Open();

        Assert.That((images.Count, images.Spec.Condition), Is.EqualTo((2, ConditionSpec.None)));
        Assert.That(((IInMemory)images).Conditions, Is.Null);
    }

    [Test]
    public void Images_in_the_folder_and_in_subfolders_are_refused_unless_labels_are_not_wanted()
    {
        using var folder = new PictureFolder().With("rgb.png").With("rgb.png", "class/1.png");

        Assert.That(folder.Refusal(), Does.Contain("rgb.png").And.Contain("(class)").And.Contain("'labels'").And.Contain("subfolder"));
        using var images = folder.Open(options => options.Labels = false);
        Assert.That((images.Count, images.Spec.Condition), Is.EqualTo((2, ConditionSpec.None)));
    }

    [Test]
    public void The_content_decides_and_not_the_name()
    {
        using var folder = new PictureFolder().With("rgb.png", "1.jpg").With("rgb.png", "2").With("rgb.png", "3.txt");
        folder.WithBytes("notes.txt", "BMW is not a bitmap, whatever its first letters say"u8.ToArray()).WithBytes("labels.csv", "a,b"u8.ToArray()).WithBytes(".DS_Store", [1, 2]).WithBytes("._x.png", [0, 5]).WithBytes(".thumbnails/x.png", [1]);
        using var images = folder.Open();

        Assert.That(images.Count, Is.EqualTo(3));
        Assert.That(folder.Warnings, Is.Empty);
    }

    [Test]
    public void What_cannot_be_decoded_is_listed_once_by_name_and_reason_and_left_out()
    {
        using var folder = Damaged();
        using var images = folder.Open();

        Assert.That(images.Count, Is.EqualTo(2));
        Assert.That(folder.Warnings, Has.Count.EqualTo(1));
        Assert.That(folder.Warnings[0], Does.Contain("7 of 9 files")
            .And.Contain("empty: a/empty.png")
            .And.Contain("not PNG, JPEG, WebP, BMP or GIF: a/scan.tif, a/text.jpg")
            .And.Contain("damaged header: a/head.png")
            .And.Contain("incomplete: ").And.Contain("b/cut.jpg").And.Contain("b/cut.png").And.Contain("b/cut.webp"));
        Assert.That(PictureFolder.Labels(images), Is.EqualTo(new[] { 0, 1 }));
        Assert.That(PictureFolder.Bytes(images)[..576], Is.EqualTo(PictureFolder.Expected("rgb.png")));
    }

    [Test]
    public void From_the_cache_they_are_listed_too()
    {
        using var folder = Damaged();
        folder.Open().Dispose();
        folder.Open().Dispose();

        Assert.That(folder.Warnings, Has.Count.EqualTo(2));
        Assert.That(folder.Warnings[1], Is.EqualTo(folder.Warnings[0]));
    }

    [Test]
    public void The_two_splits_list_each_file_once()
    {
        using var folder = Damaged();
        foreach (var index in Enumerable.Range(0, 40))
            folder.With("rgb.png", $"a/more{index}.png");
        folder.Open(options => (options.Split, options.TestShare) = (FolderSplit.Train, 0.5)).Dispose();
        folder.Open(options => (options.Split, options.TestShare) = (FolderSplit.Test, 0.5)).Dispose();

        var all = string.Concat(folder.Warnings);
        string[] names = ["empty.png", "scan.tif", "text.jpg", "head.png", "cut.jpg", "cut.png", "cut.webp"];
        Assert.That(names.Select(name => all.Split(name).Length - 1), Is.All.EqualTo(1));
    }

    [Test]
    public void Among_many_files_the_odd_ones_are_read_and_the_broken_ones_named()
    {
        using var folder = new PictureFolder();
        foreach (var index in Enumerable.Range(0, 200))
            folder.With("rgb.png", $"class{index % 2}/{index:000}.png");
        string[] odd = ["cmyk.jpg", "grey16.png", "rgb16.png", "alpha.png", "animated.webp", "animated.png", "animated.gif"];
        foreach (var name in odd)
            folder.With(name, $"class1/ünï-{name}");
        folder.With("rgb.png", "class0/misnamed.jpg").WithBytes("class0/zero.png", []).WithBytes("class0/noise.png", [.. Enumerable.Range(1, 255).Select(value => (byte)value)]);
        using var images = folder.Open();

        Assert.That(images.Count, Is.EqualTo(200 + odd.Length + 1));
        Assert.That(PictureFolder.Labels(images).Count(label => label == 1), Is.EqualTo(100 + odd.Length));
        Assert.That(folder.Warnings.Single(), Does.Contain("2 of 210 files").And.Contain("empty: class0/zero.png").And.Contain("GIF: class0/noise.png"));
    }

    [Test]
    [Platform("Linux")]
    public void Links_to_files_and_classes_are_followed_and_links_further_down_are_not()
    {
        using var elsewhere = new PictureFolder().With("rgb.png", "far/1.png");
        using var folder = new PictureFolder().With("rgb.png", "class/1.png");
        Directory.CreateSymbolicLink(Path.Combine(folder.Root, "linked"), Path.Combine(elsewhere.Root, "far"));
        File.CreateSymbolicLink(Path.Combine(folder.Root, "class", "2.png"), Path.Combine(elsewhere.Root, "far", "1.png"));
        File.CreateSymbolicLink(Path.Combine(folder.Root, "class", "broken.png"), Path.Combine(elsewhere.Root, "nothing.png"));
        Directory.CreateSymbolicLink(Path.Combine(folder.Root, "class", "loop"), folder.Root);
        using var images = folder.Open();

        Assert.That(PictureFolder.Labels(images), Is.EqualTo(new[] { 0, 0, 1 }));
        Assert.That(folder.Warnings.Single(), Does.Contain("1 of 4 files").And.Contain("cannot be read: class/broken.png"));
    }

    [Test]
    public void Or_they_are_refused_with_the_same_list()
    {
        using var folder = Damaged();

        Assert.That(folder.Refusal(options => options.OnCorrupt = CorruptPolicy.Refuse), Does.Contain("7 of 9 files").And.Contain("b/cut.jpg").And.Contain("a/empty.png").And.Contain("'onCorrupt'"));
    }

    [Test]
    public void A_folder_of_nothing_that_can_be_decoded_is_refused()
    {
        using var folder = new PictureFolder().WithBytes("x.png", []);

        Assert.That(folder.Refusal(), Does.Contain("no image").And.Contain(folder.Root));
    }

    [Test]
    public void A_missing_folder_a_file_and_an_empty_folder_are_refused()
    {
        using var folder = new PictureFolder();

        Assert.Multiple(() =>
        {
            Assert.That(folder.Refusal(), Does.Contain("holds no image").And.Contain("PNG").And.Contain(folder.Root));
            Assert.That(folder.Refusal(path: folder.Root + "/missing"), Does.Contain("does not exist").And.Contain("/missing").And.Contain("'path'"));
            folder.With("rgb.png");
            Assert.That(folder.Refusal(path: folder.Root + "/rgb.png"), Does.Contain("it is a file"));
        });
    }

    [Test]
    public void Images_of_several_sizes_are_refused_without_a_size_and_taken_with_one()
    {
        using var folder = new PictureFolder().With("rgb.png").With("rgb.bmp").With("wide.png");

        Assert.That(folder.Refusal(), Does.Contain("2 sizes: 16×12 (2, such as rgb.bmp), 60×45 (1, such as wide.png)").And.Contain("'size'"));
        using var images = folder.Open(options => options.Size = 8);
        Assert.That((images.Count, images.Spec.Sample), Is.EqualTo((3, new ImageSpec(3, 8, 8))));
    }

    [Test]
    public void A_way_to_resize_without_a_size_is_refused([Values(ResizeMode.RandomCrop, ResizeMode.Stretch, ResizeMode.Pad)] ResizeMode mode)
    {
        using var folder = new PictureFolder().With("rgb.png");

        Assert.That(folder.Refusal(options => options.Resize = mode), Does.Contain("'resize'").And.Contain("'size'"));
    }

    [Test]
    public void Train_and_test_are_the_two_parts_of_all_by_class_and_the_seed_draws_them()
    {
        using var folder = new PictureFolder();
        foreach (var index in Enumerable.Range(0, 60))
            folder.WithBytes($"{(index < 40 ? "many" : "few")}/{index}.bmp", Bitmap((byte)index));
        var (train, test, all) = (Values(FolderSplit.Train), Values(FolderSplit.Test), Values(FolderSplit.All));

        Assert.Multiple(() =>
        {
            Assert.That(all, Is.EquivalentTo(Enumerable.Range(0, 60)));
            Assert.That(train.Concat(test), Is.EquivalentTo(all));
            Assert.That(test.Count(value => value < 40), Is.EqualTo(8));
            Assert.That(test.Count(value => value >= 40), Is.EqualTo(4));
            Assert.That(Values(FolderSplit.Test), Is.EqualTo(test));
            Assert.That(Values(FolderSplit.Test, seed: 1), Is.Not.EqualTo(test));
        });

        int[] Values(FolderSplit split, int seed = 0)
        {
            using var images = folder.Open(options => (options.Split, options.TestShare, options.SplitSeed, options.Channels) = (split, 0.2, seed, ChannelMode.Grey));
            return [.. PictureFolder.Bytes(images).Select(value => (int)value)];
        }
    }

    [Test]
    public void A_split_of_nothing_is_refused()
    {
        using var folder = new PictureFolder().With("rgb.png");

        Assert.That(folder.Refusal(options => options.Split = FolderSplit.Test), Does.Contain("'test'").And.Contain("0.1").And.Contain("'split'"));
    }

    [Test]
    public void Every_option_is_described() => Assert.That(typeof(ImageFolderOptions).GetProperties()
        .Concat(typeof(PluginGan.Plugins.Images.Npz.NpzOptions).GetProperties())
        .Where(property => !property.IsDefined(typeof(System.ComponentModel.DescriptionAttribute), false)), Is.Empty);

    private static PictureFolder Damaged()
    {
        var folder = new PictureFolder().With("rgb.png", "a/good.png").With("rgb.png", "b/good.png").WithBytes("a/empty.png", []).WithBytes("a/text.jpg", "no image"u8.ToArray());
        folder.WithBytes("a/scan.tif", "II*\0\u0008\0\0\0"u8.ToArray()).WithBytes("a/head.png", Start("rgb.png", 12));
        return folder.WithBytes("b/cut.png", Half("rgb.png")).WithBytes("b/cut.jpg", Half("baseline.jpg")).WithBytes("b/cut.webp", Half("lossy.webp"));

        static byte[] Half(string name) => Start(name, (int)(0.7 * new FileInfo(Path.Combine(PictureFolder.Committed, name)).Length));

        static byte[] Start(string name, int length) => File.ReadAllBytes(Path.Combine(PictureFolder.Committed, name))[..length];
    }

    // One pixel of a grey value, 24 bits.
    private static byte[] Bitmap(byte value) =>
        [(byte)'B', (byte)'M', 58, 0, 0, 0, 0, 0, 0, 0, 54, 0, 0, 0, 40, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 1, 0, 24, 0, .. new byte[24], value, value, value, 0];
}
