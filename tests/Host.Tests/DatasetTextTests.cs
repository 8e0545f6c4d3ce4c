using NUnit.Framework;
using PluginGan.Host.Runs;

namespace PluginGan.Host.Tests;

public class DatasetTextTests
{
    [TestCase("{", "it is not JSON")]
    [TestCase("{ name: points }", "it is not JSON")]
    [TestCase("{}", "it is no object with a name")]
    [TestCase("{ \"name\": null }", "it is no object with a name")]
    [TestCase("{ \"name\": 3 }", "it is no object with a name")]
    public void What_is_no_dataset_as_json_is_told_in_plain_words(string text, string reason) =>
        Assert.That(() => new DatasetText([], _ => []).Read("--real", text), Throws.TypeOf<UsageException>()
            .With.Message.StartsWith($"--real: '{text}' is no dataset as JSON, such as ").And.Message.EndsWith($": {reason}"));
}
