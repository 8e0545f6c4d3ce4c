using NUnit.Framework;

namespace PluginGan.Abstractions.Tests.Randomness;

/// <summary>The words of Philox4x32-10 that its authors publish (kat_vectors of Random123,
/// https://github.com/DEShawResearch/random123).</summary>
public class PhiloxTests
{
    [TestCase(0u, 0u, 0u, 0u, 0u, 0u, new uint[] { 0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8 })]
    [TestCase(0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff, new uint[] { 0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd })]
    [TestCase(0x243f6a88u, 0x85a308d3, 0x13198a2eu, 0x03707344u, 0xa4093822, 0x299f31d0u, new uint[] { 0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1 })]
    public void Known_counters_give_known_words_in_every_lane(uint c0, uint c1, uint c2, uint c3, uint k0, uint k1, uint[] expected)
    {
        for (var lane = 0; lane < Philox.Lanes; lane++)
        {
            var (block, low, high) = (new uint[Philox.Lanes], new uint[Philox.Lanes], new uint[Philox.Lanes]);
            (block[lane], low[lane], high[lane]) = (c0, c2, c3);
            var words = new uint[Philox.Words * Philox.Lanes];

            Philox.Fill(block, c1, low, high, (ulong)k1 << 32 | k0, words, Philox.Lanes);

            Assert.That(Enumerable.Range(0, Philox.Words).Select(word => words[word * Philox.Lanes + lane]), Is.EqualTo(expected), $"lane {lane}");
        }
    }
}
