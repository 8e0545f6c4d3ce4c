using System.Reflection;
using System.Xml;
using System.Xml.Linq;

namespace PluginGan.Training;

/// <summary>
/// What an image file says of its origin, as XMP: the digital source type of IPTC, by which others know a generated image, and in a
/// namespace of ours the run and the weights (docs/provenance.md).
/// </summary>
public sealed record ImageProvenance
{
    /// <summary>The source type of an image that a model has made.</summary>
    public const string Generated = "http://cv.iptc.org/newscodes/digitalsourcetype/trainedAlgorithmicMedia";

    /// <summary>The source type of an image that shows generated samples beside real ones.</summary>
    public const string Composite = "http://cv.iptc.org/newscodes/digitalsourcetype/compositeWithTrainedAlgorithmicMedia";

    private static readonly XNamespace Meta = "adobe:ns:meta/";
    private static readonly XNamespace Rdf = "http://www.w3.org/1999/02/22-rdf-syntax-ns#";
    private static readonly XNamespace Basic = "http://ns.adobe.com/xap/1.0/";
    private static readonly XNamespace Iptc = "http://iptc.org/std/Iptc4xmpExt/2008-02-29/";
    private static readonly XNamespace Ours = "urn:plugingan:provenance:1.0:";

    /// <summary>The product and its version, as images name it.</summary>
    public static string ThisSoftware { get; } =
        $"PluginGan {typeof(ImageProvenance).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+')[0]}";

    /// <summary>What made the image, with its version.</summary>
    public string? Software { get; init; } = ThisSoftware;

    /// <summary>The name of the run whose model made it.</summary>
    public string? Run { get; init; }

    /// <summary>The SHA-256, in hexadecimal, that <c>generator.safetensors</c> has while it holds the weights that made the image.</summary>
    public string? ModelSha256 { get; init; }

    /// <summary>The source type in IPTC's vocabulary: <see cref="Generated"/> or <see cref="Composite"/>, in files of others any.</summary>
    public string? SourceType { get; init; } = Generated;

    /// <summary>Finds the XMP in an image file of any format that keeps it as plain text (PNG, JPEG, WebP, TIFF).</summary>
    /// <returns>What is known of the origin, or null where there is no XMP that can be read.</returns>
    public static ImageProvenance? Read(byte[] file)
    {
        if (XmpPacket.Find(file) is not { } packet)
            return null;
        try
        {
            // Nobody knows who wrote the file: no entities are expanded.
            using var reader = XmlReader.Create(new StringReader(packet), new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit });
            var descriptions = XDocument.Load(reader).Descendants(Rdf + "Description").ToList();
            return new ImageProvenance
            {
                Software = Value(descriptions, Basic + "CreatorTool"),
                Run = Value(descriptions, Ours + nameof(Run)),
                ModelSha256 = Value(descriptions, Ours + nameof(ModelSha256)),
                SourceType = Value(descriptions, Iptc + "DigitalSourceType"),
            };
        }
        catch (XmlException)
        {
            return null;
        }
    }

    /// <summary>The same PNG, JPEG or WebP file with this provenance in the place of any other XMP.</summary>
    /// <exception cref="InvalidDataException">It is none of these, or damaged.</exception>
    public byte[] Embed(byte[] file)
    {
        if (JpegSegment.IsJpeg(file))
            return JpegSegment.Embed(file, Xmp());
        if (WebpChunk.IsWebp(file))
            return WebpChunk.Embed(file, Xmp());
        var chunks = PngChunk.Read(file).Where(chunk => !XmpPacket.IsIn(chunk)).ToList();
        // It stands behind the header: readers need not pass the pixels, and some do not.
        chunks.Insert(1, XmpPacket.Chunk(Xmp()));
        return PngChunk.Write(chunks);
    }

    /// <summary>The XMP packet by itself.</summary>
    internal string Xmp() => XmpPacket.Of(new XElement(Meta + "xmpmeta",
        new XAttribute(XNamespace.Xmlns + "x", Meta),
        new XElement(Rdf + "RDF",
            new XAttribute(XNamespace.Xmlns + "rdf", Rdf),
            new XElement(Rdf + "Description",
                new XAttribute(Rdf + "about", ""),
                new XAttribute(XNamespace.Xmlns + "xmp", Basic),
                new XAttribute(XNamespace.Xmlns + "Iptc4xmpExt", Iptc),
                new XAttribute(XNamespace.Xmlns + "plugingan", Ours),
                Element(Basic + "CreatorTool", Software),
                Element(Iptc + "DigitalSourceType", SourceType),
                Element(Ours + nameof(Run), Run),
                Element(Ours + nameof(ModelSha256), ModelSha256)))).ToString());

    private static XElement? Element(XName name, string? value) => value is null ? null : new XElement(name, value);

    // XMP writes a simple property as an element or as an attribute, which means the same.
    private static string? Value(List<XElement> descriptions, XName name) =>
        descriptions.Select(description => description.Attribute(name)?.Value ?? description.Element(name)?.Value).FirstOrDefault(value => value is not null);
}
