using TorchSharp;
using static PluginGan.Scalars;
using static TorchSharp.torch;

namespace PluginGan;

/// <summary>The adversarial part of an update: what the recipe's loss and regularisers make of the pairs that a game is played on.</summary>
/// <param name="loss">The loss of all pairs and the penalties that are due.</param>
/// <param name="pairs">The pairs, at least one.</param>
public sealed class AdversarialTerm(Tensor? loss, IReadOnlyList<JudgedPair> pairs)
{
    /// <summary>The loss of all pairs and the penalties that are due, a scalar; null where the recipe has nothing to minimise on this side.</summary>
    public Tensor? Loss => loss;

    /// <summary>The pairs, at least one, for what an objective adds of its own.</summary>
    public IReadOnlyList<JudgedPair> Pairs => pairs;

    /// <summary>The verdict on the first pair's real samples.</summary>
    public Verdict Real => Pairs[0].Real;

    /// <summary>The verdict on the first pair's generated samples.</summary>
    public Verdict Fake => Pairs[0].Fake;

    /// <summary><see cref="Loss"/> + weight · term.</summary>
    /// <param name="term">A scalar.</param>
    /// <param name="weight">Its weight; null for 1.</param>
    public Tensor Plus(Tensor term, Scalar? weight = null)
    {
        var weighted = weight is null ? term : term.mul(weight);
        return Loss is null ? weighted : Loss.add(weighted, One);
    }
}
