using NUnit.Framework;

namespace PluginGan.EndToEnd.Tests;

/// <summary>Feature extractors are trained by command.</summary>
public class FitTests
{
    [Test]
    public void A_classifier_of_channels_is_trained_on_data_that_is_made_of_other_data_and_measured_on_its_other_split()
    {
        using var product = new Product();
        var weights = Path.Combine(product.Folder, "channels.safetensors");

        var outcome = product.Run("fit", "channel-classifier", "--dataset", """{ "name": "stacked", "of": { "name": "fashion-mnist-10k" }, "count": 2000 }""", "--out", weights, "--threads", "1");

        Assert.That(outcome.ExitCode, Is.Zero, outcome.ToString());
        Assert.That(outcome.Output, Does.Match("accuracy [5-9][0-9]\\.[0-9]+ % on 2000 test samples"), "ten classes, of which chance tells a tenth");
        Assert.That(new FileInfo(weights).Length, Is.Positive);
    }

    [Test]
    public void What_is_no_dataset_is_refused()
    {
        using var product = new Product();

        var outcome = product.Run("fit", "classifier", "--dataset", "cloths", "--out", Path.Combine(product.Folder, "x.safetensors"));

        Assert.That(outcome.ExitCode, Is.EqualTo(2));
        Assert.That(outcome.ToString(), Does.Contain("--dataset").And.Contain("'cloths'"));
    }

    [Test]
    public void Data_without_classes_is_refused()
    {
        using var product = new Product();

        var outcome = product.Run("fit", "classifier", "--dataset", """{ "name": "fashion-mnist-10k", "labels": false }""", "--out", Path.Combine(product.Folder, "x.safetensors"));

        Assert.That(outcome.ExitCode, Is.Not.Zero);
        Assert.That(outcome.ToString(), Does.Contain("classes"));
    }
}
