using NUnit.Framework;
using PluginGan.Plugins.Metrics;
using TorchSharp;
using static TorchSharp.torch;

namespace PluginGan.Plugins.Tests;

/// <summary>Metrics of nearest neighbours against scikit-learn and SciPy: the expected values are what metrics_reference.py prints.</summary>
public sealed class NeighboursTests
{
    public static IEnumerable<TestCaseData> References()
    {
        yield return Case("plain", ReferenceFeatures.Near, ReferenceFeatures.Far, 0.57599999999999996, 0.91333333333333333, 0.4032, 0.60999999999999999, 1.1167650777818454);
        yield return Case("fewer samples than features", ReferenceFeatures.Wide, ReferenceFeatures.Wider, 0.13333333333333333, 0.875, 0.046666666666666669, 0.125, 3.622539371920888);
        yield return Case("repeated real", ReferenceFeatures.Repeated, ReferenceFeatures.Far, 0.27600000000000002, 0.92000000000000004, 0.2016, 0.40999999999999998, 1.2012926730276035);
        yield return Case("repeated generated", ReferenceFeatures.Far, ReferenceFeatures.Repeated, 0.92000000000000004, 0.27600000000000002, 1.254, 0.76800000000000002, 1.1160771877345539);

        static TestCaseData Case(string name, Tensor real, Tensor generated, double precision, double recall, double density, double coverage, double nearest) =>
            new TestCaseData(real, generated, precision, recall, density, coverage, nearest).SetArgDisplayNames(name);
    }

    [TestCaseSource(nameof(References))]
    public void They_equal_those_of_scikit_learn(Tensor real, Tensor generated, double precision, double recall, double density, double coverage, double nearest)
    {
        Assert.Multiple(() =>
        {
            var balls = MeasuredBy.Values("precision-recall", real, generated);
            Assert.That(balls["precision"], Is.EqualTo(precision).Within(1e-9));
            Assert.That(balls["recall"], Is.EqualTo(recall).Within(1e-9));
            var real5 = MeasuredBy.Values("density-coverage", real, generated);
            Assert.That(real5["density"], Is.EqualTo(density).Within(1e-9));
            Assert.That(real5["coverage"], Is.EqualTo(coverage).Within(1e-9));
            Assert.That(MeasuredBy.Values("euclidean", real, generated)["nearest-real"], Is.EqualTo(nearest).Within(1e-9));
        });
    }

    [Test]
    public void Precision_and_recall_are_not_swapped()
    {
        // Generated samples sit on two of many real ones: all are precise, and little of the data is recalled.
        var real = arange(100, dtype: float64).reshape(-1, 1);
        var generated = tensor([10.0, 10.1, 10.2, 10.3]).reshape(-1, 1);
        var values = MeasuredBy.Values("precision-recall", real, generated);
        Assert.That(values["precision"], Is.EqualTo(1));
        Assert.That(values["recall"], Is.EqualTo(0.01));
    }

    [Test]
    public void The_border_belongs_to_the_balls_of_precision_and_not_to_those_of_density()
    {
        // With k = 1 the ball around 6 reaches to 7, exactly where one of the generated samples is.
        Tensor real = tensor([0.0, 1, 5, 6]).reshape(-1, 1), generated = tensor([7.0, 70]).reshape(-1, 1);
        Assert.That(MeasuredBy.Values("precision-recall", real, generated, new PrecisionRecallOptions { K = 1 })["precision"], Is.EqualTo(0.5));
        Assert.That(MeasuredBy.Values("density-coverage", real, generated, new DensityCoverageOptions { K = 1 })["density"], Is.Zero);
    }

    [Test]
    public void Balls_of_radius_zero_hold_equal_points_for_precision_and_for_density_there_must_be_others()
    {
        // 1/3 is rounded: the distance must be 0 all the same.
        var two = cat([ones(10, 7, dtype: float64), 2 * ones(10, 7, dtype: float64)]) / 3;
        Assert.That(MeasuredBy.Values("precision-recall", two, two).Values, Is.All.EqualTo(1));
        Assert.That(() => MeasuredBy.Values("density-coverage", two, two), Throws.TypeOf<ComponentException>().With.Message.Contains("each real sample has 5 others with equal features"));
        Assert.That(MeasuredBy.Values("euclidean", two, two).Values, Is.All.Zero);
    }

    [Test]
    public void So_many_samples_as_the_neighbour_has_are_needed()
    {
        Assert.That(() => MeasuredBy.Values("precision-recall", rand(3, 2), rand(9, 2)),
            Throws.TypeOf<ComponentException>().With.Message.Contains("features of real samples: there are 3").And.Message.Contains("at least 4"));
        Assert.That(() => MeasuredBy.Values("precision-recall", rand(9, 2), rand(3, 2)),
            Throws.TypeOf<ComponentException>().With.Message.Contains("features of generated samples: there are 3"));
        Assert.That(() => MeasuredBy.Values("density-coverage", rand(5, 2), rand(9, 2)),
            Throws.TypeOf<ComponentException>().With.Message.Contains("features of real samples: there are 5").And.Message.Contains("at least 6"));
    }

    [TestCase("precision-recall")]
    [TestCase("density-coverage")]
    [TestCase("euclidean")]
    public void Features_that_are_not_finite_are_refused(string evaluator) =>
        Assert.That(() => MeasuredBy.Values(evaluator, rand(9, 2), rand(9, 2) / 0.0), Throws.TypeOf<ComponentException>().With.Message.Contains("generated samples hold NaN or infinity"));

    [TestCase("precision-recall")]
    [TestCase("euclidean")]
    public void An_empty_set_is_refused(string evaluator) =>
        Assert.That(() => MeasuredBy.Values(evaluator, zeros(0, 2), rand(9, 2)), Throws.TypeOf<ComponentException>().With.Message.Contains("features of real samples: there are 0"));

    [Test]
    public void Two_generated_samples_have_a_density_and_nearest_neighbours_and_one_says_nothing_of_a_model()
    {
        var real = arange(10, dtype: float64).reshape(-1, 1);
        var two = tensor([4.25, 1000.25]).reshape(-1, 1);
        // The ball of radius 3 around each of 2 .. 6 and those at the ends, which reach further, hold it.
        var inside = Enumerable.Range(0, 10).Count(x => Math.Abs(x - 4.25) < Math.Max(3, Math.Max(5 - x, x - 4)));
        Assert.That(MeasuredBy.Values("density-coverage", real, two)["density"], Is.EqualTo(inside / 10.0));
        Assert.That(MeasuredBy.Values("euclidean", real, two), Is.EqualTo(new Dictionary<string, double> { ["nearest-real"] = (0.25 + 991.25) / 2, ["mean-distance"] = 502.25 - 4.5 }));
        Assert.That(() => MeasuredBy.Values("euclidean", real, two[TensorIndex.Slice(0, 1)]), Throws.TypeOf<ComponentException>().With.Message.Contains("features of generated samples: there is 1"));
    }

    [Test]
    public void Neighbours_do_not_depend_on_the_number_of_threads_nor_on_where_tiles_end()
    {
        var threads = get_num_threads();
        try
        {
            // 131 and 77 are no multiples of any tile.
            Tensor queries = ReferenceFeatures.Of(8, 131, 5), targets = ReferenceFeatures.Of(9, 77, 5);
            var expected = (queries.unsqueeze(1) - targets.unsqueeze(0)).square().sum(2).sqrt().sort(1);
            foreach (var count in new[] { 1, 2 })
            {
                set_num_threads(count);
                var (positions, distances) = Neighbours.nearest(3, Points.OfTensor("queries", queries), Points.OfTensor("targets", targets));
                Assert.That(positions.SelectMany(row => row.Select(position => (long)position)), Is.EqualTo(expected.Indices.narrow(1, 0, 3).contiguous().data<long>().ToArray()));
                Assert.That(distances.SelectMany(row => row), Is.EqualTo(expected.Values.narrow(1, 0, 3).contiguous().data<double>().ToArray()).Within(1e-12));
            }
        }
        finally
        {
            set_num_threads(threads);
        }
    }

    [Test]
    public void Points_of_different_spaces_have_no_distance() =>
        Assert.That(() => Neighbours.nearestDistance(Points.OfTensor("queries", rand(3, 2)), Points.OfTensor("targets", rand(3, 4))), Throws.ArgumentException);
}
