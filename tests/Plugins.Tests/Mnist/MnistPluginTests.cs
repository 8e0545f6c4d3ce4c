using NUnit.Framework;
using PluginGan.Plugins.Mnist;
using PluginGan.Plugins.Mnist.Collections;

namespace PluginGan.Plugins.Tests.Mnist;

public sealed class MnistPluginTests
{
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
}
