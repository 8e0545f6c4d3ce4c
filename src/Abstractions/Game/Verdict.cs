using static TorchSharp.torch;

namespace PluginGan;

/// <summary>What a discriminator was shown and what it says. Each is computed when first asked for.</summary>
public sealed class Verdict
{
    private readonly Lazy<Candidates> candidates;
    private readonly Lazy<Tensor> input;
    private readonly Lazy<DiscriminatorOutput> output;
    private readonly Judge judge;

    /// <summary>The verdict of a judge.</summary>
    /// <param name="candidates">Gives the samples.</param>
    /// <param name="input">Turns them into the judge's input: augments, packs.</param>
    /// <param name="judge">The judge.</param>
    public Verdict(Func<Candidates> candidates, Func<Tensor, Tensor> input, Judge judge)
    {
        this.judge = judge;
        this.candidates = Kept(candidates);
        this.input = Kept(() => input(Samples));
        output = Kept(() => At(Input));
    }

    /// <summary>The samples as the game has them, [N, ...].</summary>
    public Tensor Samples => candidates.Value.Samples;

    /// <summary>What they are judged under, or null.</summary>
    public Tensor? Condition => candidates.Value.Condition;

    /// <summary>The samples as the discriminator gets them: augmented, packed, requiring a gradient where that was asked for.</summary>
    public Tensor Input => input.Value;

    /// <summary>What it says of <see cref="Input"/>.</summary>
    public DiscriminatorOutput Output => output.Value;

    /// <summary>The logits of <see cref="Output"/>.</summary>
    public Tensor Logits => Output.Logits;

    /// <summary>What the same judge says of another input under the same condition: of points between real and generated ones, of images that were moved.</summary>
    /// <param name="other">The shape of <see cref="Input"/>; taken as it is.</param>
    public DiscriminatorOutput At(Tensor other) => judge(other, Condition);

    // With its graph, even where it is first asked for in a region without gradients: all that ask later are given the same.
    private static Lazy<T> Kept<T>(Func<T> make) => new(
        () =>
        {
            using var gradients = is_grad_enabled() ? null : enable_grad();
            return make();
        },
        isThreadSafe: false);
}
