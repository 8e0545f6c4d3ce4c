using NUnit.Framework;
using PluginGan.Plugins.Tables;

namespace PluginGan.Plugins.Tests;

/// <summary>What is said of the columns of a table before it is learnt.</summary>
public sealed class ColumnTests
{
    [TestCase(true, "Paris Rome Paris Rome Oslo Oslo", null)]
    [TestCase(true, "Paris Rome Paris Rome", null, Description = "half as many as rows")]
    [TestCase(true, "a1 b2 c3 d4 a1", "4 different values in 5 rows are learnt as categories, and generated rows give these very values out")]
    [TestCase(true, "2024-01-01 2024-01-02 2024-01-03", "name the column in 'ignore'")]
    [TestCase(true, "$5 $1,200 $5 $7 $5 $5", "would be numbers without ',', '$', and are learnt as categories; write them as 1234.5")]
    [TestCase(true, "5% 5% 5% 7%", "without '%'")]
    [TestCase(true, "1,5 1,5 1,5 2,5", "without ','")]
    [TestCase(true, "A-1 A-1 A-1 B-2", null)]
    [TestCase(true, "NewYork New_York Oslo NewYork New_York Oslo", "the categories 'NewYork' and 'New York' differ by spaces")]
    [TestCase(true, "cafe\u0301 café x x café x", "differ by spaces or by how their marks are written")]
    [TestCase(false, "1 2.5 -3e4", null)]
    [TestCase(false, "0.5 0 -0.25 10 00.5e1", "1 of its cells begin with a zero (00.5e1)")]
    [TestCase(false, "00501 10001 02134", "2 of its cells begin with a zero (00501) that numbers lose; name the column in 'categorical'")]
    [TestCase(false, "1000000000000 1000000000001 1000000000999", "its 3 different values become 1 in the 32 bits that numbers are held in; subtract a number that is near to all of them first, such as the smallest (1000000000000)")]
    [TestCase(false, "1700000000000000000 1700000000000000001 1700000000500000000", "become 1")]
    [TestCase(false, "1700000000 1700000010 1700600000", "become 2")]
    [TestCase(false, "1000000000000 1000000000000 1000000000000", null, Description = "constant: nothing is lost")]
    [TestCase(false, "0.1 0.2 0.30000000000000004 0.3", null, Description = "a chance among many steps")]
    [TestCase(false, "1 2 3 4 5 6 7 8 9 10 11", "its whole numbers rise from row to row (1, 2, 3, ...), as row numbers and identifiers do")]
    [TestCase(false, "40 37 31 30 29 28 21 9 5 1", "fall from row to row (40, 37, 31, ...)")]
    [TestCase(false, "1 2 3 4 5 6 7 8 9", null, Description = "too few to tell")]
    [TestCase(false, "1 2 3 4 5 6 7 8 9 10 10", null, Description = "one number twice")]
    [TestCase(false, "1 2 3 4 5 6 7 8 9 10.5", null, Description = "not whole")]
    public void A_doubtful_column_is_warned_of_with_its_remedy(bool isCategorical, string cells, string? warning)
    {
        var warnings = ColumnJudgement.Warnings([.. cells.Split(' ').Select(cell => cell.Replace('_', ' '))], isCategorical, isChosen: false).ToList();
        if (warning is null)
            Assert.That(warnings, Is.Empty);
        else
            Assert.That(warnings, Has.Count.EqualTo(1).And.Some.Contains(warning));
    }

    [Test]
    public void Whoever_names_a_column_of_prices_categorical_is_not_told_to_write_numbers() =>
        Assert.That(ColumnJudgement.Warnings(["$5", "$7", "$5", "$7"], isCategorical: true, isChosen: true), Is.Empty);

    [Test]
    public void Row_numbers_that_the_options_call_a_quantity_are_one() => Assert.That(
        ColumnJudgement.Warnings([.. Enumerable.Range(1, 20).Select(row => $"{row}")], isCategorical: false, isChosen: true), Is.Empty);

    [TestCase("5.1,3.5,setosa", true, "line 1 is taken for the names of the columns, but looks like a row (5.1, 3.5, setosa); set 'header' to false if it is one")]
    [TestCase("1,2.5,Anna", true, "looks like a row (1, 2.5)")]
    [TestCase("length,width,kind", true, null)]
    [TestCase("length,2020,kind", true, null)]
    [TestCase("5.1,3.5,setosa", false, null)]
    public void A_first_line_of_data_is_not_taken_for_headings_in_silence(string first, bool header, string? warning)
    {
        var path = Path.GetTempFileName();
        try
        {
            File.WriteAllText(path, $"{first}\n4.9,3.0,setosa\n6.3,2.9,virginica\n5.0,3.4,setosa\n5.5,2.3,virginica\n");
            var log = new LogLines();
            new Registered(new TablesPlugin(), log.Context).Create<Dataset>("csv-table", new CsvTableOptions { Path = path, Header = header }).Dispose();

            Assert.That(log.Warnings, warning is null ? Is.Empty : Has.Count.EqualTo(1).And.Some.StartWith($"'{path}': ").And.Some.Contains(warning));
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Test]
    public void The_kind_of_each_column_is_said_once_where_the_table_is_trained_on()
    {
        var path = Path.GetTempFileName();
        try
        {
            File.WriteAllText(path, "id,zip,city,age\n" + string.Concat(Enumerable.Range(0, 40).Select(row => $"u{row},{row:00000},{(row % 2 == 0 ? "Oslo" : "Rome")},{row}\n")));
            var log = new LogLines();
            var plugin = new Registered(new TablesPlugin(), log.Context);
            foreach (var split in Enum.GetValues<TableSplit>())
                plugin.Create<Dataset>("csv-table", new CsvTableOptions { Path = path, TestShare = 0.5, Split = split, Ignore = ["age"] }).Dispose();

            Assert.That(log.Notes, Is.EqualTo(new[] { $"'{path}': 40 rows; numbers: zip; categories: id (40), city (2); left out: age" }));
            Assert.That(log.Warnings, Has.Count.EqualTo(2));
            Assert.That(log.Warnings[0], Does.StartWith($"'{path}', column 'id': 40 different values in 40 rows"));
            Assert.That(log.Warnings[1], Does.StartWith($"'{path}', column 'zip': 40 of its cells begin with a zero"));
        }
        finally
        {
            File.Delete(path);
        }
    }
}
