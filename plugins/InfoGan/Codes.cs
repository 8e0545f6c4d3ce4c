using TorchSharp;
using static PluginGan.Scalars;
using static TorchSharp.torch;

namespace PluginGan.Plugins.InfoGan;

/// <summary>
/// The parts of a latent that are codes, and how much samples tell of them: L_I = H(c) + E log Q(c | x), a lower bound of their mutual information in nats
/// (arXiv:1606.03657, equation 5). Q is categorical, or N(μ, 1) for continuous codes, as the authors fix it.
/// </summary>
internal sealed class Codes
{
    private readonly List<(Range Latent, Range Guess, Scalar Entropy)> categorical = [];
    private readonly List<(Range Latent, Range Guess, Scalar Entropy)> continuous = [];

    public Codes(LatentSpec latent)
    {
        var at = 0;
        foreach (var part in latent.Parts)
        {
            var (place, guess) = (new Range(at, part.Size), new Range(Size, part.Size));
            at += part.Size;
            if (part is CategoricalPart)
                categorical.Add((place, guess, Math.Log(part.Size)));
            else if (part is UniformPart)
                // The entropy of [-1, 1], and the constant of the normal density.
                continuous.Add((place, guess, part.Size * (Math.Log(2) - (0.5 * Math.Log(2 * Math.PI)))));
            else
                continue;
            Size += part.Size;
        }
    }

    /// <summary>How many values Q yields: logits of categories, means of continuous codes.</summary>
    public int Size { get; }

    /// <summary>The bound for all categorical codes, a scalar; null where there are none.</summary>
    /// <param name="latent">What samples were generated from, [N, L].</param>
    /// <param name="guess">What Q makes of the samples, [N, <see cref="Size"/>].</param>
    public Tensor? Categorical(Tensor latent, Tensor guess) => Sum(categorical, latent, guess, (code, logits) => code.mul(logits.log_softmax(1)));

    /// <summary>The bound for all continuous codes, a scalar; null where there are none.</summary>
    /// <param name="latent">What samples were generated from, [N, L].</param>
    /// <param name="guess">What Q makes of the samples, [N, <see cref="Size"/>].</param>
    public Tensor? Continuous(Tensor latent, Tensor guess) => Sum(continuous, latent, guess, (code, mean) =>
    {
        var gap = code.sub(mean);
        return gap.mul(gap).mul(MinusHalf);
    });

    private static Tensor? Sum(List<(Range Latent, Range Guess, Scalar Entropy)> parts, Tensor latent, Tensor guess, Func<Tensor, Tensor, Tensor> logarithm) => parts
        .Select(part => logarithm(part.Latent.Of(latent), part.Guess.Of(guess)).sum(1).mean().add(part.Entropy, One))
        .Aggregate((Tensor?)null, (sum, term) => sum?.add(term, One) ?? term);

    private readonly record struct Range(int From, int Count)
    {
        public Tensor Of(Tensor values) => values.narrow(1, From, Count);
    }
}
