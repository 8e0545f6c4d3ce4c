using NUnit.Framework;
using PluginGan.Plugins.Metrics;
using PluginGan.Plugins.Mnist;
using static TorchSharp.torch;

namespace PluginGan.Plugins.Tests.Metrics;

public class LenetAccuracyTests
{
    [Test]
    public void The_shipped_weights_classify_at_least_nine_in_ten_test_images()
    {
        using var scope = NewDisposeScope();
        using var quiet = no_grad();
        using var extractor = new LenetFashion(new LenetFashionOptions());
        var data = new Registered(new MnistPlugin()).Create<Dataset>("fashion-mnist-10k", new FashionMnist10kOptions { Split = FashionMnist10kSplit.All });
        var memory = (IInMemory)data;

        var predicted = extractor.Extract(memory.Samples.to(ScalarType.Float32).div(127.5).sub(1)).Logits!.argmax(1);

        Assert.That(data.Count, Is.EqualTo(10_000));
        Assert.That(predicted.eq(memory.Conditions!).to(ScalarType.Float32).mean().item<float>(), Is.GreaterThanOrEqualTo(0.9));
    }
}
