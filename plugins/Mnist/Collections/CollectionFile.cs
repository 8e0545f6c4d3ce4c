namespace PluginGan.Plugins.Mnist.Collections;

/// <summary>One of the four files that make up a collection.</summary>
/// <param name="Name">The official name without compression: <c>train-images-idx3-ubyte</c>.</param>
/// <param name="Dimensions">3 for images, 1 for labels.</param>
internal sealed record CollectionFile(string Name, int Dimensions)
{
    public static readonly CollectionFile TrainImages = new("train-images-idx3-ubyte", 3);
    public static readonly CollectionFile TrainLabels = new("train-labels-idx1-ubyte", 1);
    public static readonly CollectionFile TestImages = new("t10k-images-idx3-ubyte", 3);
    public static readonly CollectionFile TestLabels = new("t10k-labels-idx1-ubyte", 1);

    /// <summary>The name of the archive that mirrors serve.</summary>
    public string Archive => Name + ".gz";

    /// <summary>The file in a folder, under any of the names in use, or null.</summary>
    public string? FindIn(string folder)
    {
        var dotted = Name.Replace("-idx", ".idx", StringComparison.Ordinal);
        string[] names = [Name, Archive, dotted, dotted + ".gz"];
        return names.Select(name => Path.Combine(folder, name)).FirstOrDefault(File.Exists);
    }
}
