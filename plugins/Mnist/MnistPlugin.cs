using PluginGan.Plugins.Mnist.Collections;

namespace PluginGan.Plugins.Mnist;

/// <summary>MNIST and the collections that share its format: small grey images of ten classes.</summary>
public sealed class MnistPlugin : IGanPlugin
{
    /// <inheritdoc/>
    public void Register(IComponentRegistry components)
    {
        RegisterCollection(components, Collection.Mnist, "Handwritten digits, 60 000 + 10 000 grey images of 28×28.", "http://yann.lecun.com/exdb/mnist/");
        RegisterCollection(components, Collection.FashionMnist, "Articles of clothing, 60 000 + 10 000 grey images of 28×28.", "arXiv:1708.07747");
        RegisterCollection(components, Collection.KuzushijiMnist, "Cursive hiragana, 60 000 + 10 000 grey images of 28×28.", "arXiv:1812.01718");
        components.Dataset<FashionMnist10kOptions>(
            Describe(EmbeddedFashionMnist.Name, "The 10 000 test images of Fashion-MNIST, split anew; part of the plugin, needs no network.", "arXiv:1708.07747"),
            (options, _) => EmbeddedFashionMnist.Open(options));
    }

    private static void RegisterCollection(IComponentRegistry components, Collection collection, string summary, string source) =>
        components.Dataset<MnistOptions>(Describe(collection.Name, summary, source), (options, context) => new CollectionFiles(collection, context).Open(options));

    private static ComponentInfo Describe(string name, string summary, string source) => new(name, summary)
    {
        Samples = [SampleKind.Image],
        Conditions = [ConditionKind.None, ConditionKind.Classes],
        Effects =
        [
            new(new OptionIs("labels", "true")) { Conditions = [ConditionKind.Classes] },
            new(new OptionIs("labels", "false")) { Conditions = [ConditionKind.None] },
        ],
        Source = source,
    };
}
