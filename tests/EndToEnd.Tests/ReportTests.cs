using NUnit.Framework;

namespace PluginGan.EndToEnd.Tests;

/// <summary>The figures in the documentation are those that were measured.</summary>
public class ReportTests
{
    private const string Stale = """
        # Results

        <!-- bench: generated -->

        old figures

        <!-- bench: end -->

        Written by hand.

        <!-- repro: generated -->
        <!-- repro: end -->

        """;

    private const string Speed = """
        {
          "machine": { "cpu": "Some CPU", "cores": 2, "system": "Some Linux" },
          "date": "2026-01-02",
          "command": "bench --only training",
          "versions": { "libtorch": "2.10" },
          "measurements": [
            { "group": "Speed", "name": "whole", "unit": "ms", "values": [ 4, 2, 1, 3, 5 ] },
            { "group": "Speed", "name": "part", "unit": "ms", "values": [ 1.5 ], "partOf": "whole" },
            { "group": "Ratios", "name": "fast enough", "unit": "×", "values": [ 1.234 ], "demanded": { "atLeast": 1.1 } },
            { "group": "Ratios", "name": "too much", "unit": "%", "values": [ 5 ], "demanded": { "atMost": 3 } }
          ]
        }
        """;

    private const string Scores = """
        {
          "machine": { "cpu": "Some CPU", "cores": 1, "nativeBf16": true, "system": "Some Linux", "gpu": "Some GPU" },
          "date": "2026-01-03",
          "command": "repro",
          "versions": { "threads:": "1" },
          "measurements": [ { "group": "By seed", "name": "fid", "unit": "", "values": [ 9, 11, 13 ], "summary": "mean" } ]
        }
        """;

    private const string Study = """
        {
          "machine": { "cpu": "Some CPU", "cores": 1, "system": "Some Linux" },
          "date": "2026-01-04",
          "command": "repro table",
          "versions": { "threads:": "1" },
          "note": "Ours are shorter.",
          "runs": [
            { "variant": "GAN", "seed": 1, "recipe": "12345678", "settings": [], "machine": "Some CPU", "command": "repro table", "iterations": 3, "sheet": "table/gan.png" },
            { "variant": "GAN", "seed": 2, "recipe": "12345678", "settings": [], "machine": "Another CPU", "command": "repro table --seeds 2", "iterations": 3 }
          ],
          "measurements": [
            { "group": "Table 1", "name": "GAN", "column": "modes", "unit": "", "values": [ 5, 7 ], "summary": "mean", "published": { "value": 6.3, "standardError": 0.5 } },
            { "group": "Table 1", "name": "GAN", "column": "high quality", "unit": "%", "values": [ 90 ], "summary": "mean", "published": { "value": 70 } },
            { "group": "Table 1", "name": "best", "column": "modes", "unit": "", "values": [ 8 ], "summary": "mean" }
          ]
        }
        """;

    private const string Fresh = """
        # Results

        <!-- bench: generated -->

        ### Some CPU, 2 cores without native bf16, Some Linux, 2026-01-02

        `bench --only training`, libtorch 2.10

        | Speed | median (quartiles) |
        |---|---|
        | whole | 3 ms (2 to 4), n = 5 |
        | part | 1.5 ms, 50 % |

        | Ratios | value | demanded |
        |---|---|---|
        | fast enough | 1.23 × | ≥ 1.1: met |
        | too much | 5 % | ≤ 3: **not met** |

        <!-- bench: end -->

        Written by hand.

        <!-- repro: generated -->

        ### Some GPU, Some CPU, 1 core with native bf16, Some Linux, 2026-01-03

        `repro`, threads: 1

        | By seed | mean ± standard error |
        |---|---|
        | fid | 11 ± 1.15, n = 3 |

        <!-- repro: end -->

        """;

    [TestCase("results.md", "bench", "repro")]
    [TestCase("zoo.md", "repro/results/fashion.json", "repro/results/fashion-longer.json", "repro/results/objectives.json")]
    public void The_committed_tables_are_those_of_the_committed_measurements(string name, params string[] sections)
    {
        var document = File.ReadAllText(Path.Combine(Product.Repository, "docs", name));
        foreach (var section in sections)
            Assert.That(document, Does.Contain($"<!-- {section}: generated -->"));

        var outcome = Tool.Bench("report", Path.Combine(Product.Repository, "docs", name), "--root", Product.Repository, "--check");

        Assert.That(outcome.ExitCode, Is.Zero, outcome.ToString());
    }

    [Test]
    public void A_stale_document_is_found_and_left_as_it_is()
    {
        using var product = new Product();
        product.File("bench/results/one.json", Speed);
        product.File("repro/results/two.json", Scores);
        var path = product.File("results.md", Stale);

        var outcome = Tool.Bench("report", path, "--root", product.Folder, "--check");

        Assert.That(outcome.ExitCode, Is.EqualTo(1));
        Assert.That(outcome.ToString(), Does.Contain("stale").And.Contain("bench report"));
        Assert.That(File.ReadAllText(path), Is.EqualTo(Stale));
    }

    [TestCase("<!-- bench: generated -->\n<!-- bench: end -->\n", "bench/results")]
    [TestCase("No table.\n", "no generated section")]
    public void A_document_is_left_alone_where_there_is_nothing_to_write(string document, string reason)
    {
        using var product = new Product();
        var path = product.File("results.md", document);

        var outcome = Tool.Bench("report", path, "--root", product.Folder);

        Assert.That(outcome.ExitCode, Is.EqualTo(1));
        Assert.That(outcome.ToString(), Does.Contain(reason));
        Assert.That(File.ReadAllText(path), Is.EqualTo(document));
    }

    [Test]
    public void A_section_that_is_named_by_a_file_holds_that_file_alone()
    {
        using var product = new Product();
        product.File("repro/results/two.json", Scores);
        product.File("repro/results/table.json", Study);

        var written = Written("<!-- repro/results/two.json: generated -->\n<!-- repro/results/two.json: end -->\n", product);

        Assert.That(written, Does.Contain("| fid | 11 ± 1.15, n = 3 |").And.Not.Contain("Table 1"));
    }

    [Test]
    public void Tables_take_the_place_of_older_ones_and_leave_the_rest_of_the_document_alone()
    {
        using var product = new Product();
        product.File("bench/results/one.json", Speed);
        product.File("repro/results/two.json", Scores);

        Assert.That(Written(Stale, product), Is.EqualTo(Fresh));
    }

    [Test]
    public void Published_figures_stand_beside_ours_under_what_must_be_known_to_compare()
    {
        using var product = new Product();
        product.File("bench/results/one.json", Speed);
        product.File("repro/results/table.json", Study);

        Assert.That(Written(Stale, product), Does.Contain("""
            ### Some CPU and Another CPU, 2026-01-04

            `repro table`, `repro table --seeds 2`, threads: 1

            Ours are shorter.

            | Table 1 | modes | high quality, % |
            |---|---|---|
            | GAN | 6 ± 1 (published 6.3 ± 0.5) | 90 (published 70) |
            | best | 8 |  |

            | GAN, seed 1 |
            |---|
            | ![GAN](repro/results/table/gan.png) |
            """));
    }

    private static string Written(string document, Product product)
    {
        var path = product.File("results.md", document);
        var outcome = Tool.Bench("report", path, "--root", product.Folder);
        Assert.That(outcome.ExitCode, Is.Zero, outcome.ToString());
        return File.ReadAllText(path);
    }
}
