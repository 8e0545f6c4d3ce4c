namespace PluginGan.Plugins.Derived;

/// <summary>Datasets that are made of other datasets: stacks of images with a known number of modes, the data of translations, and choices of classes.</summary>
public sealed class DerivedPlugin : IGanPlugin
{
    /// <inheritdoc/>
    public void Register(IComponentRegistry components)
    {
        components.Dataset<StackedOptions>(
            new("stacked", "Three grey images as the channels of one: classes³ modes to be found.") { Samples = [SampleKind.Image], Conditions = [ConditionKind.None, ConditionKind.Classes], Effects = [new(new OptionIs("labels", "false")) { Conditions = [ConditionKind.None] }], Source = "arXiv:1611.02163" },
            (options, context) => new StackedImages(options, context));
        components.Dataset<PairedOptions>(
            new("paired", "Translation with pairs: each image comes with a poorer version of itself as condition.") { Samples = [SampleKind.Image], Conditions = [ConditionKind.Sample], Source = "arXiv:1611.07004" },
            (options, context) => new PairedImages(options, context));
        components.Dataset<UnpairedOptions>(
            new("unpaired", "Translation without pairs: each image comes with any image of another domain as condition.") { Samples = [SampleKind.Image], Conditions = [ConditionKind.Sample], Source = "arXiv:1703.10593" },
            (options, context) => new UnpairedImages(options, context));
        components.Dataset<SomeClassesOptions>(
            new("some-classes", "The samples of some classes of another dataset: what is normal, where all else is an anomaly.") { Conditions = [ConditionKind.Classes] },
            (options, context) => new SomeClasses(options, context));
    }
}
