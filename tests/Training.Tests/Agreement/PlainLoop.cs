using TorchSharp;
using static TorchSharp.torch;

namespace PluginGan.Training.Tests;

/// <summary>A training loop as a tutorial writes it: no buffers, no formats, TorchSharp's Adam, every gradient of every network.</summary>
internal static class PlainLoop
{
    /// <summary>The losses when a recording is played again from equal weights.</summary>
    public static IEnumerable<float> Replay(
        ConvGame game, IReadOnlyList<Evaluation> recording, Func<Tensor, Tensor, Tensor> discriminatorLoss, Func<Tensor, Tensor> generatorLoss, double gradientPenalty)
    {
        var (g, d) = (game.Generator, game.Discriminator);
        using var forG = optim.Adam(g.parameters(), 2e-4, 0.5, 0.999);
        using var forD = optim.Adam(d.parameters(), 2e-4, 0.5, 0.999);
        Tensor fake = null!;
        foreach (var (phase, real, latent, share, _) in recording)
        {
            if (latent is not null)
                fake = g.call(latent);
            Tensor loss;
            optim.Optimizer optimizer;
            if (phase == "d")
            {
                optimizer = forD;
                loss = discriminatorLoss(d.call(real), d.call(fake.detach()));
                if (gradientPenalty > 0)
                    loss += gradientPenalty * Penalty(d, real, fake.detach(), share);
            }
            else
            {
                optimizer = forG;
                loss = generatorLoss(d.call(fake));
            }
            optimizer.zero_grad();
            loss.backward();
            optimizer.step();
            yield return loss.item<float>();
        }
    }

    // arXiv:1704.00028, algorithm 1.
    private static Tensor Penalty(nn.Module<Tensor, Tensor> d, Tensor real, Tensor fake, Tensor share)
    {
        var between = (share * real + (1 - share) * fake).requires_grad_();
        var gradient = autograd.grad([d.call(between).sum()], [between], create_graph: true, retain_graph: true)[0];
        return (linalg.vector_norm(gradient.flatten(1), dims: [1]) - 1).square().mean();
    }
}
