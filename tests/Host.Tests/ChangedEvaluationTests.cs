using System.Text.Json;
using NUnit.Framework;
using PluginGan.Host.Reports;

namespace PluginGan.Host.Tests;

/// <summary>Files that a report reads back and that somebody has changed.</summary>
public class ChangedEvaluationTests
{
    private static readonly string[] Odd = ["null", "[null]", "5", "-1e300", "\"x\"", "true", "[]", "{}"];

    [Test]
    public void A_changed_evaluation_is_read_or_refused_in_words()
    {
        const string Evaluation = """
            {"iteration":20,"samples":100,"seed":1,"dataset":"points",
            "scores":[{"metric":"fid","summary":"s","value":1.5,"floor":0.1,"low":1,"high":2}],"floorOf":"x",
            "extractors":[{"name":"lenet","sha256":"abc","preparation":"none"}],"skipped":[{"evaluator":"kid","reason":"few"}]}
            """;
        var refused = 0;
        foreach (var changed in JsonChanges.Of(Evaluation, Odd))
        {
            try
            {
                var read = EvaluationFile.Parse(changed);
                IEnumerable<string> names =
                [
                    .. read.Scores.Select(score => score.Metric),
                    .. read.Extractors.Select(extractor => extractor.Name),
                    .. read.Skipped.Select(skip => skip.Evaluator),
                ];
                Assert.That(names, Has.None.Null);
            }
            catch (JsonException error)
            {
                Assert.That(error.Message, Does.Not.Contain("System.").And.Not.Contain("PluginGan."));
                refused++;
            }
        }
        Assert.That(refused, Is.GreaterThan(60));
    }

    [Test]
    public void A_recipe_with_a_key_twice_is_shown_as_it_stands() =>
        Assert.That(new RecipeFacts("""{ "name": "a", "name": "b" }""").Name, Is.Null);
}
