using System.Text;
using System.Text.RegularExpressions;
using NUnit.Framework;
using PluginGan.Plugins.Sequences;
using TorchSharp;
using static TorchSharp.torch;

namespace PluginGan.Plugins.Tests;

/// <summary>Lines of text and the grammar.</summary>
public sealed class SequencesTests
{
    private static readonly Registered Plugin = new(new SequencesPlugin());

    private string path = "";

    [SetUp]
    public void SetUp() => path = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid():N}.txt");

    [TearDown]
    public void TearDown() => File.Delete(path);

    [Test]
    public void Lines_are_padded_to_the_longest_over_the_symbols_of_the_file()
    {
        var (alphabet, lines) = Read("\uFEFFCAB\r\n\r\nA\nłé\n");
        Assert.That(alphabet, Is.EqualTo(new[] { "A", "B", "C", "é", "ł", " " }));
        Assert.That(lines, Is.EqualTo(new[] { "CAB", "A  ", "łé " }));
    }

    [Test]
    public void A_symbol_is_a_character_as_people_see_it()
    {
        var (alphabet, lines) = Read("a\U0001F9EC\ne\u0301a\n");
        Assert.That(alphabet, Is.EquivalentTo(new[] { "a", "\U0001F9EC", "e\u0301" }));
        Assert.That(lines, Is.EqualTo(new[] { "a\U0001F9EC", "e\u0301a" }));
    }

    [Test]
    public void Alphabet_length_and_padding_can_be_given()
    {
        var (alphabet, lines) = Read("GAT\nC\n", new() { Alphabet = "ACGT", Length = 4, Padding = "-" });
        Assert.That(alphabet, Is.EqualTo(new[] { "A", "C", "G", "T", "-" }));
        Assert.That(lines, Is.EqualTo(new[] { "GAT-", "C---" }));
        Assert.That(Read("GATTACA\nCAT\n", new() { Length = 3, Cut = true }).Lines, Is.EqualTo(new[] { "GAT", "CAT" }));
    }

    [Test]
    public void The_splits_share_the_lines_out_by_the_seed_over_one_alphabet()
    {
        var text = string.Concat(Enumerable.Range(0, 50).Select(line => $"{(char)('A' + line)}\n"));
        var train = Read(text, new() { TestShare = 0.2 });
        var test = Read(text, new() { TestShare = 0.2, Split = SequenceSplit.Test });
        Assert.That((train.Lines.Count, test.Lines.Count), Is.EqualTo((40, 10)));
        Assert.That(train.Lines.Concat(test.Lines), Is.Unique);
        Assert.That(test.Alphabet, Is.EqualTo(train.Alphabet));
        Assert.That(Read(text, new() { TestShare = 0.2, Split = SequenceSplit.Test, Seed = 5 }).Lines, Is.Not.EqualTo(test.Lines));
    }

    [Test]
    public void What_does_not_fit_is_refused_by_its_place()
    {
        Assert.Multiple(() =>
        {
            Assert.That(() => Read("AC\nAXC\n", new() { Alphabet = "AC" }), Refusal("line 2, symbol 2: 'X' is not in the option 'alphabet' (AC)"));
            Assert.That(() => Read("AC\n\nACGT\n", new() { Length = 3 }), Refusal("line 3: it has 4 symbols, more than the option 'length' (3)"));
            Assert.That(() => Read("\n\r\n"), Refusal("has no lines but empty ones"));
            Assert.That(() => Read("AC\n", new() { Padding = "ab" }), Refusal("'padding' is 'ab'"));
            Assert.That(() => Read("AC\n", new() { Alphabet = "ACA" }), Refusal("holds 'A' twice"));
            Assert.That(() => Read("AC\n", new() { TestShare = 0.5 }), Refusal("one split is empty"));
        });
        File.WriteAllBytes(path, [0xFF, 0xE9, (byte)'\n']);
        Assert.That(() => Plugin.Create<Dataset>("text-lines", new TextLinesOptions { Path = path }), Refusal("not in UTF-8"));
        File.Delete(path);
        Assert.That(() => Plugin.Create<Dataset>("text-lines", new TextLinesOptions { Path = path }), Refusal("there is no such file"));
    }

    [Test]
    public void Lines_end_as_on_any_system_and_the_marks_of_UTF_16_are_understood()
    {
        const string Text = "AC\rG\r\nT\nA\fC\u0085G\u2028T\u2029A";
        Assert.That(Read(Text).Lines, Is.EqualTo(new[] { "AC", "G ", "T ", "A ", "C ", "G ", "T ", "A " }));
        File.WriteAllText(path, "AC\r\nGT\r\n", Encoding.BigEndianUnicode);
        using var scope = NewDisposeScope();
        Assert.That(Lines(Plugin.Create<Dataset>("text-lines", new TextLinesOptions { Path = path })), Is.EqualTo(new[] { "AC", "GT" }));
        File.WriteAllBytes(path, Encoding.Unicode.GetBytes("AC\nGT\n"));
        Assert.That(() => Plugin.Create<Dataset>("text-lines", new TextLinesOptions { Path = path }), Refusal("line 1 holds a zero byte, as in UTF-16"));
    }

    [Test]
    public void A_folder_is_refused_by_that_name() =>
        Assert.That(() => Plugin.Create<Dataset>("text-lines", new TextLinesOptions { Path = Path.GetTempPath() }), Refusal("it is a folder; name a file"));

    [Test]
    public void A_line_of_any_length_costs_no_more_than_a_sample_can_hold()
    {
        File.WriteAllText(path, "AC\n" + new string('G', 4_000_000) + "\nAC\n");
        var options = new TextLinesOptions { Path = path };
        Assert.That(() => TextLines.Open(options), Refusal("line 2: it has more than 100000 symbols, which is the most that a sample can have; set 'length', and 'cut' to true"));
        Assert.That(() => TextLines.Open(options, memory: 10_000_000), Refusal("would take 16.0 MB of memory, and 10.0 MB are available; take a part of its lines"));

        (options.Length, options.Cut) = (3, true);
        var before = GC.GetAllocatedBytesForCurrentThread();
        using var cut = TextLines.Open(options);
        Assert.That(GC.GetAllocatedBytesForCurrentThread() - before, Is.LessThan(2_000_000));
        Assert.That(Lines(cut), Is.EqualTo(new[] { "AC ", "GGG", "AC " }));
    }

    [Test]
    public void One_long_line_among_many_is_named_before_all_are_padded_to_it()
    {
        File.WriteAllText(path, string.Concat(Enumerable.Repeat("ACGT\n", 2000)) + new string('A', 50_000));
        Assert.That(() => TextLines.Open(new() { Path = path }, memory: 100_000_000),
            Refusal($"'{path}': 2001 lines, padded to the 50000 symbols of line 2001, would take 800.4 MB of memory, and 100.0 MB are available; set 'length' to less and 'cut' to true"));
    }

    [TestCase(12, 6)]
    [TestCase(7, 4)]
    [TestCase(1, 1)]
    public void The_grammar_makes_valid_sequences_of_every_number_of_operands(int length, int operands)
    {
        using var scope = NewDisposeScope();
        using var data = Plugin.Create<Dataset>("grammar", new GrammarOptions { Count = 6000, Length = length });
        var lines = Lines(data);

        Assert.That(lines, Is.All.Matches<string>(line => line!.Length == length && Regex.IsMatch(line, @"\Ax([+\-*/]x)* *\z")));
        var shares = lines.GroupBy(line => line.Count(symbol => symbol == 'x')).ToDictionary(group => group.Key, group => group.Count() / 6000.0);
        Assert.That(shares.Keys, Is.EquivalentTo(Enumerable.Range(1, operands)));
        Assert.That(shares.Values, Is.All.EqualTo(1.0 / operands).Within(0.03));
        if (length > 1)
            Assert.That("+-*/".Select(symbol => lines.Sum(line => line.Count(at => at == symbol)) / (double)lines.Sum(line => line.Count(at => "+-*/".Contains(at)))), Is.All.EqualTo(0.25).Within(0.02));
    }

    [Test]
    public void A_seed_gives_the_same_sequences_again_and_the_other_split_gives_others()
    {
        using var scope = NewDisposeScope();
        IReadOnlyList<string> Of(GrammarOptions options) => Lines(Plugin.Create<Dataset>("grammar", options));
        var first = Of(new() { Count = 20 });
        Assert.That(Of(new() { Count = 20 }), Is.EqualTo(first));
        Assert.That(Of(new() { Count = 20, Split = SequenceSplit.Test }), Is.Not.EqualTo(first));
    }

    private static NUnit.Framework.Constraints.ContainsConstraint Refusal(string message) => Throws.TypeOf<ComponentException>().With.Message.Contains(message);

    private static IReadOnlyList<string> Lines(Dataset data)
    {
        var spec = (SequenceSpec)data.Spec.Sample;
        return [.. ((IInMemory)data).Samples.contiguous().data<long>().ToArray().Chunk(spec.Length).Select(line => string.Concat(line.Select(symbol => spec.Alphabet[(int)symbol])))];
    }

    private (IReadOnlyList<string> Alphabet, IReadOnlyList<string> Lines) Read(string text, TextLinesOptions? options = null)
    {
        options ??= new();
        options.Path = path;
        File.WriteAllText(path, text);
        using var scope = NewDisposeScope();
        using var data = Plugin.Create<Dataset>("text-lines", options);
        return (((SequenceSpec)data.Spec.Sample).Alphabet, Lines(data));
    }
}
