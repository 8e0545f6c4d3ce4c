using System.Buffers.Binary;
using System.Text;
using System.Text.Json;
using NUnit.Framework;
using TorchSharp;
using static TorchSharp.torch;

namespace PluginGan.Abstractions.Tests;

public class SafetensorsTests
{
    [TestCase(ScalarType.Bool)]
    [TestCase(ScalarType.Byte)]
    [TestCase(ScalarType.Int8)]
    [TestCase(ScalarType.Int16)]
    [TestCase(ScalarType.Int32)]
    [TestCase(ScalarType.Int64)]
    [TestCase(ScalarType.Float16)]
    [TestCase(ScalarType.BFloat16)]
    [TestCase(ScalarType.Float32)]
    [TestCase(ScalarType.Float64)]
    public void Tensors_of_every_type_come_back_as_they_were(ScalarType type)
    {
        using var scope = NewDisposeScope();
        var tensors = new Dictionary<string, Tensor>
        {
            ["matrix"] = arange(6).reshape(2, 3).to(type),
            ["transposed"] = arange(6).reshape(2, 3).to(type).t(),
            ["channels-last"] = arange(2 * 3 * 4 * 5).reshape(2, 4, 5, 3).to(type).as_strided([2, 3, 4, 5], [60, 1, 15, 3]),
            ["scalar"] = ones([], dtype: type),
            ["empty"] = zeros([0, 4], dtype: type),
        };

        var read = Safetensors.Read(new MemoryStream(Write(tensors)));

        Assert.That(read.Keys, Is.EquivalentTo(tensors.Keys));
        foreach (var (name, tensor) in tensors)
        {
            Assert.That(read[name].shape, Is.EqualTo(tensor.shape), name);
            Assert.That(read[name].dtype, Is.EqualTo(type), name);
            Assert.That(read[name].eq(tensor).all().item<bool>(), name);
        }
    }

    [Test]
    public void The_layout_is_that_of_the_specification()
    {
        using var scope = NewDisposeScope();
        var bytes = Write(new Dictionary<string, Tensor> { ["b"] = tensor(new float[] { 1, 2 }), ["a"] = tensor(new byte[] { 7 }) });
        var length = (int)BinaryPrimitives.ReadUInt64LittleEndian(bytes);
        var header = JsonDocument.Parse(Encoding.UTF8.GetString(bytes, 8, length)).RootElement;

        Assert.Multiple(() =>
        {
            Assert.That(length % 8, Is.Zero);
            Assert.That(header.GetProperty("a").GetRawText(), Is.EqualTo("""{"dtype":"U8","shape":[1],"data_offsets":[0,1]}"""));
            Assert.That(header.GetProperty("b").GetRawText(), Is.EqualTo("""{"dtype":"F32","shape":[2],"data_offsets":[1,9]}"""));
            Assert.That(bytes[(8 + length)..], Is.EqualTo(new byte[] { 7, 0, 0, 0x80, 0x3f, 0, 0, 0, 0x40 }));
        });
    }

    [Test]
    public void Equal_tensors_give_equal_bytes_in_whatever_order_they_come()
    {
        using var scope = NewDisposeScope();
        var (a, b) = (ones(2), zeros(3));
        Assert.That(
            Write(new Dictionary<string, Tensor> { ["a"] = a, ["b"] = b }),
            Is.EqualTo(Write(new Dictionary<string, Tensor> { ["b"] = b, ["a"] = a })));
    }

    [TestCase(4, "truncated", TestName = "A file that ends within its length is refused")]
    [TestCase(40, "truncated", TestName = "A file that ends within its header is refused")]
    [TestCase(-3, "truncated", TestName = "A file that ends within its data is refused")]
    public void Refuses_truncated(int length, string expected)
    {
        using var scope = NewDisposeScope();
        var whole = Write(new Dictionary<string, Tensor> { ["weight"] = ones(100) });
        var cut = length > 0 ? whole[..length] : whole[..^-length];

        Assert.That(() => Safetensors.Read(new MemoryStream(cut)), Throws.TypeOf<InvalidDataException>().With.Message.Contains(expected));
    }

    [TestCase("""{"w":{"dtype":"F32","shape":[2],"data_offsets":[0,4]}}""", "claims bytes", TestName = "A tensor that claims fewer bytes than its shape has is refused")]
    [TestCase("""{"w":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}""", "claims bytes", TestName = "A tensor that leaves a gap is refused")]
    [TestCase("""{"w":{"dtype":"Q5","shape":[1],"data_offsets":[0,1]}}""", "'Q5'", TestName = "An unknown type is refused by its name")]
    [TestCase("""{"w":{"shape":[1],"data_offsets":[0,1]}}""", "header", TestName = "A tensor without a type is refused")]
    [TestCase("""not json""", "header", TestName = "A header that is no JSON is refused")]
    public void Refuses_lying_headers(string header, string expected)
    {
        var bytes = new byte[8 + header.Length + 8];
        BinaryPrimitives.WriteUInt64LittleEndian(bytes, (ulong)header.Length);
        Encoding.UTF8.GetBytes(header, bytes.AsSpan(8));

        Assert.That(() => Safetensors.Read(new MemoryStream(bytes)), Throws.TypeOf<InvalidDataException>().With.Message.Contains(expected));
    }

    [Test]
    public void A_header_of_absurd_length_is_refused_before_it_is_allocated()
    {
        var bytes = new byte[16];
        BinaryPrimitives.WriteUInt64LittleEndian(bytes, ulong.MaxValue);

        Assert.That(() => Safetensors.Read(new MemoryStream(bytes)), Throws.TypeOf<InvalidDataException>().With.Message.Contains("not a safetensors file"));
    }

    [Test]
    public void Weights_that_do_not_fit_are_listed_and_nothing_is_loaded()
    {
        using var scope = NewDisposeScope();
        using var network = nn.Linear(2, 3);
        var before = network.weight.detach().clone();

        Assert.That(
            () => Safetensors.Load(network, new Dictionary<string, Tensor> { ["weight"] = zeros(3, 3), ["gain"] = ones(1) }),
            Throws.TypeOf<InvalidDataException>().With.Message.Contains("'bias' is missing").And.Message.Contains("'gain' is not in").And.Message.Contains("[3, 3] instead of [3, 2]"));
        Assert.That(network.weight.Equals(before));
    }

    [TestCase("""{"w":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"w":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}""", TestName = "Two tensors of one name are refused")]
    [TestCase("""{"__metadata__":5,"w":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}""", TestName = "Metadata that is no object is refused")]
    [TestCase("""{"__metadata__":{"a":1},"w":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}""", TestName = "Metadata that is no text is refused")]
    [TestCase("""{"__metadata__":{"a":"1","a":"2"},"w":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}""", TestName = "Metadata with a key twice is refused")]
    [TestCase("""{"e":{"dtype":"F32","shape":[0,2147483647,2147483647,2147483647],"data_offsets":[0,0]},"w":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}""", TestName = "A shape beyond libtorch's limits is refused")]
    [TestCase("""{"w":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}""", TestName = "Bytes after the last tensor are refused")]
    public void Refuses_what_it_cannot_know(string header) => Assert.That(
        () =>
        {
            Safetensors.ReadMetadata(new MemoryStream(File(header, 8)));
            Safetensors.Read(new MemoryStream(File(header, 8)));
        },
        Throws.TypeOf<InvalidDataException>());

    [TestCase("""{"w":{"dtype":"F32"},"w":{"dtype":"F32"}}""", "'w' stands in it twice")]
    [TestCase("""{"w":{"dtype":"F32","dtype":"F16"}}""", "'dtype' stands in it twice")]
    [TestCase("""{"__metadata__":null}""", "__metadata__ must be an object of texts, but is null")]
    [TestCase("""{"__metadata__":[]}""", "__metadata__ must be an object of texts, but is a list")]
    [TestCase("""{"__metadata__":{"a":1}}""", "'a' in __metadata__ must be a text, but is a number")]
    [TestCase("""{"w":{"shape":[1],"data_offsets":[0,4]}}""", "tensor 'w' must be an object with dtype (a text), shape (whole numbers) and data_offsets (two whole numbers)")]
    [TestCase("""{"w":5}""", "tensor 'w' must be an object with dtype")]
    [TestCase("[1]", "it must be an object, but is a list")]
    [TestCase("{\"w\": x}", "it is not valid JSON: line 1, byte 7")]
    public void What_is_wrong_with_a_header_is_told_in_words(string header, string expected)
    {
        var refused = Assert.Throws<InvalidDataException>(() =>
        {
            Safetensors.ReadMetadata(new MemoryStream(File(header, 8)));
            Safetensors.Read(new MemoryStream(File(header, 8)));
        })!;

        Assert.That(refused.Message, Does.StartWith($"the header is not that of a safetensors file: {expected}"));
    }

    [Test]
    public void Whatever_a_header_says_the_answer_is_tensors_or_one_kind_of_refusal()
    {
        using var scope = NewDisposeScope();
        const string Header = """
            {"__metadata__":{"a":"b"},"v":{"dtype":"I64","shape":[2,1],"data_offsets":[0,16]},"w":{"dtype":"F32","shape":[],"data_offsets":[16,20]}}
            """;
        string[] odd =
        [
            "null", "5", "-1", "1e300", "9223372036854775807", "-9223372036854775808", "0.5", "true",
            "\"\"", "\"F32\"", "\"\\ud800\"", "[]", "[null]", "[0,1,2]", "{}", "{\"a\":null}",
        ];
        var tried = 0;
        foreach (var change in JsonChanges.Of(Header, odd))
            Answers(File(change, 20));
        var (whole, random) = (File(Header, 20), new Random(1));
        for (var place = 0; place < whole.Length; place++)
        {
            Answers(whole[..place]);
            var changed = (byte[])whole.Clone();
            changed[place] = (byte)random.Next(256);
            Answers(changed);
        }
        Assert.That(tried, Is.GreaterThan(400));

        void Answers(byte[] bytes)
        {
            tried++;
            Action[] reads = [() => Safetensors.Read(new MemoryStream(bytes)), () => Safetensors.ReadMetadata(new MemoryStream(bytes))];
            foreach (var read in reads)
            {
                try
                {
                    read();
                }
                catch (InvalidDataException refused)
                {
                    Assert.That(refused.Message, Is.Not.Empty);
                }
            }
        }
    }

    private static byte[] File(string header, int data)
    {
        var text = Encoding.UTF8.GetBytes(header);
        var bytes = new byte[8 + text.Length + data];
        BinaryPrimitives.WriteUInt64LittleEndian(bytes, (ulong)text.Length);
        text.CopyTo(bytes, 8);
        return bytes;
    }

    private static byte[] Write(Dictionary<string, Tensor> tensors)
    {
        using var stream = new MemoryStream();
        Safetensors.Write(stream, tensors);
        return stream.ToArray();
    }
}
