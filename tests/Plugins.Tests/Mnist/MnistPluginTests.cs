using System.Reflection;
using NUnit.Framework;
using PluginGan.Plugins.Mnist;
using PluginGan.Plugins.Mnist.Collections;

namespace PluginGan.Plugins.Tests.Mnist;

public sealed class MnistPluginTests
{
    [Test]
    public void Four_datasets_are_registered()
    {
        var catalogue = DispatchProxy.Create<IComponentRegistry, Catalogue>();
        new MnistPlugin().Register(catalogue);

        Assert.That(((Catalogue)catalogue).Components.Select(component => component.Name), Is.EqualTo(new[] { "mnist", "fashion-mnist", "kmnist", "fashion-mnist-10k" }));
    }

    [Test]
    public void Every_option_is_described([Values(typeof(MnistOptions), typeof(FashionMnist10kOptions))] Type options) =>
        Assert.That(options.GetProperties().Where(property => !property.IsDefined(typeof(System.ComponentModel.DescriptionAttribute), false)), Is.Empty);

    [Test]
    [Platform("Linux")]
    public void The_files_of_the_Debian_package_pass_as_the_official_ones([Values] Split split)
    {
        const string Package = "/usr/share/datasets/fashion-mnist";
        if (!Directory.Exists(Package))
            Assert.Ignore("the package dataset-fashion-mnist is not installed");
        using var folder = new TemporaryFolder();

        using var data = new CollectionFiles(Collection.FashionMnist, new ComponentContext { DataFolder = folder.Path }).Open(new() { Split = split });

        Assert.That(data.Count, Is.EqualTo(split == Split.Train ? 60_000 : 10_000));
    }

    /// <summary>Takes down what is registered, whatever its kind.</summary>
    public class Catalogue : DispatchProxy
    {
        public List<ComponentInfo> Components { get; } = [];

        protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
        {
            Components.Add((ComponentInfo)args![0]!);
            return null;
        }
    }
}
