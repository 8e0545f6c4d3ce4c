using TorchSharp;
using static TorchSharp.torch;
using static TorchSharp.torch.nn.functional;

namespace PluginGan.Bench.Games;

/// <summary>
/// The training as a tutorial writes it: contiguous float32, TorchSharp's Adam, nothing frozen; the generated batch serves both updates.
/// Networks, initial weights and batches are those of the product's trainer.
/// </summary>
internal static class PlainLoop
{
    // How often a tutorial prints its losses, and the trainer logs.
    private const int LogEvery = 100;

    public static void Run(DcGanGame game, Action iterated, CancellationToken stop)
    {
        var (model, device, batch) = (game.Model, game.Device, game.Spec.Batch);
        foreach (var network in model.Networks.Values)
            network.to(device);
        using var forG = optim.Adam(model.Networks[Roles.Generator].parameters(), 2e-4, 0.5, 0.999);
        using var forD = optim.Adam(model.Networks[Roles.Discriminator].parameters(), 2e-4, 0.5, 0.999);
        for (var iteration = 1L; !stop.IsCancellationRequested; iteration++)
        {
            using (NewDisposeScope())
            {
                var real = game.Data.Next(batch).Samples;
                var fake = model.Generate(randn(batch, model.Latent.Size, device: device), null);

                forD.zero_grad();
                var lossOfD = AsReal(Logits(model, real)) + AsFake(Logits(model, fake.detach()));
                lossOfD.backward();
                forD.step();

                forG.zero_grad();
                var lossOfG = AsReal(Logits(model, fake));
                lossOfG.backward();
                forG.step();

                if (iteration % LogEvery == 0)
                    _ = lossOfD.item<float>() + lossOfG.item<float>();
            }
            iterated();
        }
    }

    private static Tensor Logits(GanModel model, Tensor samples) => model.Discriminate(samples, null).Logits;

    private static Tensor AsReal(Tensor logits) => binary_cross_entropy_with_logits(logits, ones_like(logits));

    private static Tensor AsFake(Tensor logits) => binary_cross_entropy_with_logits(logits, zeros_like(logits));
}
