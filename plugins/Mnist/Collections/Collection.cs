namespace PluginGan.Plugins.Mnist.Collections;

/// <summary>What is known of a collection before it is opened.</summary>
/// <param name="Name">The component's name, and that of its folder within the data folder.</param>
/// <param name="Classes">The class names in the order of their indices.</param>
/// <param name="Mirrors">Folders on the web that hold the four archives, tried in this order.</param>
internal sealed record Collection(string Name, IReadOnlyList<string> Classes, IReadOnlyList<Uri> Mirrors)
{
    /// <summary>Where a distribution's package installs the files, or null.</summary>
    public string? InstalledFolder { get; init; }

    /// <summary>The SHA-256 of the uncompressed files by <see cref="CollectionFile"/>; where none is known, the checks of the format stand alone.</summary>
    public IReadOnlyDictionary<CollectionFile, string> Sha256 { get; init; } = new Dictionary<CollectionFile, string>();

    public static readonly Collection Mnist = new(
        "mnist",
        ["0", "1", "2", "3", "4", "5", "6", "7", "8", "9"],
        [new("https://ossci-datasets.s3.amazonaws.com/mnist/"), new("https://storage.googleapis.com/cvdf-datasets/mnist/")])
    {
        Sha256 = new Dictionary<CollectionFile, string>
        {
            [CollectionFile.TrainImages] = "ba891046e6505d7aadcbbe25680a0738ad16aec93bde7f9b65e87a2fc25776db",
            [CollectionFile.TrainLabels] = "65a50cbbf4e906d70832878ad85ccda5333a97f0f4c3dd2ef09a8a9eef7101c5",
            [CollectionFile.TestImages] = "0fa7898d509279e482958e8ce81c8e77db3f2f8254e26661ceb7762c4d494ce7",
            [CollectionFile.TestLabels] = "ff7bcfd416de33731a308c3f266cc351222c34898ecbeaf847f06e48f7ec33f2",
        },
    };

    public static readonly Collection FashionMnist = new(
        "fashion-mnist",
        ["T-shirt/top", "Trouser", "Pullover", "Dress", "Coat", "Sandal", "Shirt", "Sneaker", "Bag", "Ankle boot"],
        [
            new("http://fashion-mnist.s3-website.eu-central-1.amazonaws.com/"),
            new("https://raw.githubusercontent.com/zalandoresearch/fashion-mnist/master/data/fashion/"),
        ])
    {
        InstalledFolder = "/usr/share/datasets/fashion-mnist",
        Sha256 = new Dictionary<CollectionFile, string>
        {
            [CollectionFile.TrainImages] = "c59f468a2f672dc815687fe0f83887768d799fd8a3f3276145d20f83aa44d888",
            [CollectionFile.TrainLabels] = "bad3541b69d912435c50bb6ba87bec294ff4f6a2e1246121d8633921760443d9",
            [CollectionFile.TestImages] = "5b4141f0afbad91edebe8549f8fcffe087ea10ca49f1dbef5c9a5cd8815ce37b",
            [CollectionFile.TestLabels] = "0402a96d92fd2663957122ceb108a494c5af83dab82d92729df917d7dec38c34",
        },
    };

    /// <summary>
    /// Kuzushiji-MNIST. Its authors' server is the only one: the second address is the same by another protocol, where the first cannot be
    /// reached. They publish no checksums, so that what was fetched first is what must be found from then on.
    /// </summary>
    public static readonly Collection KuzushijiMnist = new(
        "kmnist",
        ["o", "ki", "su", "tsu", "na", "ha", "ma", "ya", "re", "wo"],
        [new("https://codh.rois.ac.jp/kmnist/dataset/kmnist/"), new("http://codh.rois.ac.jp/kmnist/dataset/kmnist/")]);
}
