using System.Text;
using NUnit.Framework;
using PluginGan.Plugins.Tables;
using TorchSharp;
using static TorchSharp.torch;

namespace PluginGan.Plugins.Tests;

/// <summary>CSV files as people have them.</summary>
public sealed class CsvTableTests
{
    private static readonly Registered Plugin = new(new TablesPlugin());

    private string path = "";

    [SetUp]
    public void SetUp() => path = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid():N}.csv");

    [TearDown]
    public void TearDown() => File.Delete(path);

    [Test]
    public void Columns_of_numbers_are_continuous_and_others_are_categories_in_alphabetical_order()
    {
        var (spec, rows) = Read("age,city,income\n30,Paris,1e3\n41.5,Berlin,-2\n7,Paris,0\n");

        Assert.That(spec.Columns.Select(column => column.Name), Is.EqualTo(new[] { "age", "city", "income" }));
        Assert.That(spec.Columns.Select(column => column.Categories), Is.EqualTo(new[] { null, new[] { "Berlin", "Paris" }, null }));
        Assert.That(rows, Is.EqualTo(new[] { 30, 1, 1000, 41.5f, 0, -2, 7, 1, 0 }));
    }

    [Test]
    public void A_byte_order_mark_quotes_line_ends_and_empty_lines_are_read_as_meant()
    {
        var (spec, rows) = Read("\uFEFFname , x\r\n\"Doe, \"\"Jane\"\"\",1\r\n\r\n\"two\nlines\", 2\r\n łódź ,3");

        Assert.That(spec.Columns.Select(column => column.Name), Is.EqualTo(new[] { "name", "x" }));
        Assert.That(spec.Columns[0].Categories, Is.EqualTo(new[] { "Doe, \"Jane\"", "two\nlines", "łódź" }));
        Assert.That(rows, Is.EqualTo(new[] { 0f, 1, 1, 2, 2, 3 }));
    }

    [Test]
    public void One_column_without_a_heading_and_other_delimiters_are_read()
    {
        var (one, values) = Read("5\n6\n", new() { Header = false });
        Assert.That((one.Columns.Single().Name, values), Is.EqualTo(("column1", new[] { 5f, 6 })));

        Assert.That(Read("a;b\n1;x\n", new() { Delimiter = ";" }).Spec.Columns, Has.Count.EqualTo(2));
        Assert.That(Read("a\tb\n1\tx, y\n", new() { Delimiter = "\t" }).Spec.Columns[1].Categories, Is.EqualTo(new[] { "x, y" }));
    }

    [Test]
    public void An_empty_line_of_a_single_column_is_an_empty_cell_unless_nothing_follows_it()
    {
        Assert.That(() => Read("x\n1\n\n2\n"), Refusal("line 3, column 'x': the cell is empty"));
        Assert.That(() => Read("c\na\n\nb\n"), Refusal("line 3, column 'c': the cell is empty"));
        Assert.That(Read("\nx\n1\n2\n\n\n").Rows, Is.EqualTo(new[] { 1f, 2 }));
        Assert.That(Read("\n\n5\n6\n", new() { Header = false }).Rows, Is.EqualTo(new[] { 5f, 6 }));
    }

    [Test]
    public void Columns_can_be_named_categorical_or_left_out()
    {
        var (spec, rows) = Read("id,grade,x\n1,10,0.5\n2,9,1.5\n3,10,2\n", new() { Categorical = ["grade"], Ignore = ["id"] });

        Assert.That(spec.Columns[0].Categories, Is.EqualTo(new[] { "10", "9" }));
        Assert.That(rows, Is.EqualTo(new[] { 0, 0.5f, 1, 1.5f, 0, 2 }));
    }

    [Test]
    public void The_splits_share_the_rows_out_by_the_seed_and_know_all_categories()
    {
        var text = "n,c\n" + string.Concat(Enumerable.Range(0, 100).Select(row => $"{row},{(row == 50 ? "rare" : "usual")}\n"));
        float[] Numbers(TableSplit split, long seed) => [.. Read(text, new() { Split = split, TestShare = 0.3, Seed = seed }).Rows.Chunk(2).Select(row => row[0])];

        var (train, test) = (Numbers(TableSplit.Train, 0), Numbers(TableSplit.Test, 0));

        Assert.That((train.Length, test.Length), Is.EqualTo((70, 30)));
        Assert.That(train.Concat(test).Order(), Is.EqualTo(Enumerable.Range(0, 100)));
        Assert.That(Numbers(TableSplit.Test, 0), Is.EqualTo(test));
        Assert.That(Numbers(TableSplit.Test, 1), Is.Not.EqualTo(test));
        Assert.That(Read(text, new() { Split = TableSplit.Test, TestShare = 0.1 }).Spec.Columns[1].Categories, Has.Count.EqualTo(2));
    }

    [TestCase("x,y\n1,2\n3,\n", "line 3, column 'y': the cell is empty; fill it")]
    [TestCase("x\n1\n2\nNA\n4\n", "line 4, column 'x': 'NA' is no number, though 3 of the column's 4 cells are; mend the cell")]
    [TestCase("x,y\n1,2\n3\n", "line 3: there are 1 cells, but the table has 2 columns")]
    [TestCase("x,y\n1,2,\n", "line 2: there are 3 cells, but the table has 2 columns")]
    [TestCase("x\n1\n2\nnan\n", "line 4, column 'x': 'nan' is no number")]
    [TestCase("x,x\n1,2\n", "two columns are called 'x'")]
    [TestCase("x,\n1,2\n", "column 2 has no name")]
    [TestCase("x,y\n", "has no rows below its headings")]
    [TestCase("", "has no rows")]
    [TestCase("x,y\n1,a\"b\n", "line 2: a quote stands within a cell that is not quoted")]
    public void A_file_that_is_no_such_table_is_refused_by_its_place(string text, string message) =>
        Assert.That(() => Read(text), Throws.TypeOf<ComponentException>().With.Message.Contains(message).And.Message.Contains(path));

    [Test]
    public void Options_that_do_not_fit_are_refused()
    {
        const string Text = "x,y\n1,a\n2,b\n";
        Assert.Multiple(() =>
        {
            Assert.That(() => Read(Text, new() { Continuous = ["y"] }), Refusal("line 2, column 'y': 'a' is no number; mend the cell"));
            Assert.That(() => Read(Text, new() { Categorical = ["z"] }), Refusal("'categorical' names 'z', but").And.Message.Contains("the columns x, y"));
            Assert.That(() => Read(Text, new() { Categorical = ["y"], Continuous = ["y"] }), Refusal("'y' is in 'categorical' and in 'continuous'"));
            Assert.That(() => Read(Text, new() { Ignore = ["x", "y"] }), Refusal("every column is in 'ignore'"));
            Assert.That(() => Read(Text, new() { TestShare = 0.1 }), Refusal("one split is empty"));
            Assert.That(() => Read(Text, new() { Delimiter = "::" }), Refusal("'delimiter' is '::'; it must be one character"));
            Assert.That(() => Read("c\n" + string.Concat(Enumerable.Range(0, 1001).Select(row => $"n{row}\n"))), Refusal("1001 categories, and at most 1000"));
        });
    }

    [Test]
    public void A_file_that_cannot_be_read_is_named()
    {
        Assert.That(() => Plugin.Create<Dataset>("csv-table", new CsvTableOptions { Path = path }), Refusal("there is no such file").And.Message.Contains(path));
        File.WriteAllBytes(path, [.. "x\n"u8, 0xE9, (byte)'\n']);
        Assert.That(() => Plugin.Create<Dataset>("csv-table", new CsvTableOptions { Path = path }), Refusal("not in UTF-8"));
    }

    [TestCase("a;b;c\n1;2;3\n4;5;6\n", "has one column, 'a;b;c'; its lines hold ';': set 'delimiter' to \";\"")]
    [TestCase("a\tb\n1\tx\n", "its lines hold '\\t': set 'delimiter' to \"\\t\"")]
    [TestCase("a;b\n1,5;2\n", "line 2: there are 2 cells, but the table has 1 columns; mend the line, or the option 'delimiter' (now ','); its lines hold ';': set 'delimiter' to \";\"")]
    [TestCase("x\ny\0\n", "line 2: there is a zero byte, as in UTF-16")]
    public void Another_delimiter_or_encoding_is_recognised(string text, string message) => Assert.That(() => Read(text), Refusal(message));

    [Test]
    public void A_semicolon_in_one_column_is_a_symbol_like_any_other() =>
        Assert.That(Read("a;b\nx\ny;z;z\nx\n").Spec.Columns.Single().Categories, Is.EqualTo(new[] { "x", "y;z;z" }));

    [Test]
    public void A_file_in_UTF_16_with_its_mark_and_ends_of_lines_of_any_system_are_read()
    {
        foreach (var ends in new[] { "\n", "\r\n", "\r" })
        {
            File.WriteAllText(path, $"x,ort{ends}1,Köln{ends}2,łódź{ends}", Encoding.Unicode);
            using var table = Plugin.Create<Dataset>("csv-table", new CsvTableOptions { Path = path });
            Assert.That(((TableSpec)table.Spec.Sample).Columns[1].Categories, Is.EqualTo(new[] { "Köln", "łódź" }));
        }
    }

    [Test]
    public void A_folder_and_a_table_that_memory_does_not_hold_are_refused()
    {
        Assert.That(() => Plugin.Create<Dataset>("csv-table", new CsvTableOptions { Path = Path.GetTempPath() }), Refusal("it is a folder; name a file"));
        // 10 000 columns in a file of 200 kB are 100 000 cells.
        File.WriteAllText(path, string.Concat(Enumerable.Repeat(string.Join(',', Enumerable.Range(0, 10_000).Select(column => column % 10)) + "\n", 10)));
        Assert.That(() => CsvFile.Read(path, header: false, ",", memory: 1_000_000), Refusal($"the table '{path}' would take 6.4 MB of memory, and 1.0 MB are available"));
        Assert.That(CsvFile.Read(path, header: false, ",", memory: 7_000_000).Rows, Has.Count.EqualTo(10));
    }

    [Test]
    public void Rows_are_read_by_index()
    {
        File.WriteAllText(path, "x\n1\n2\n3\n");
        using var table = Plugin.Create<Dataset>("csv-table", new CsvTableOptions { Path = path });
        using var batch = table.Read([2, 0, 2], 0);
        Assert.That(batch.Samples.data<float>().ToArray(), Is.EqualTo(new[] { 3f, 1, 3 }));
        Assert.That(((IInMemory)table).Samples.shape, Is.EqualTo(new long[] { 3, 1 }));
    }

    private static NUnit.Framework.Constraints.ContainsConstraint Refusal(string message) => Throws.TypeOf<ComponentException>().With.Message.Contains(message);

    private (TableSpec Spec, float[] Rows) Read(string text, CsvTableOptions? options = null)
    {
        File.WriteAllText(path, text, new UTF8Encoding(false));
        options ??= new();
        options.Path = path;
        using var table = Plugin.Create<Dataset>("csv-table", options);
        return ((TableSpec)table.Spec.Sample, ((IInMemory)table).Samples.data<float>().ToArray());
    }
}
