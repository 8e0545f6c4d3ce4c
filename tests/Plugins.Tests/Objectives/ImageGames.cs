using PluginGan.Plugins.AcGan;
using PluginGan.Plugins.AnoGan;
using PluginGan.Plugins.BiGan;
using PluginGan.Plugins.DcGan;
using PluginGan.Plugins.InfoGan;
using PluginGan.Plugins.Unrolled;
using PluginGan.Plugins.Vae;
using PluginGan.Plugins.VaeGan;

namespace PluginGan.Plugins.Tests.Objectives;

/// <summary>Every objective of images with a small model of the architecture that it is meant for.</summary>
internal static class ImageGames
{
    public static readonly string[] Names = ["vae", "vae-bernoulli", "vae-gan", "infogan", "ac-gan", "bigan", "unrolled", "f-anogan", "f-anogan-encoder"];

    public static (GanModel Model, Objective Objective) Create(string name, DataSpec data)
    {
        var spec = new ModelSpec(data, 1);
        GanModel model = name switch
        {
            "vae" or "vae-bernoulli" => new DcGanAutoencoder(new() { Width = 4, Latent = 8, Conditional = name == "vae" }, spec),
            "vae-gan-spectral" => new DcGanEncoderModel(new() { Width = 4, Latent = 8, DiscriminatorNorm = DiscriminatorNorm.None, SpectralNorm = true }, spec),
            "vae-gan" or "f-anogan" or "f-anogan-encoder" => new DcGanEncoderModel(new() { Width = 4, Latent = 8, DiscriminatorNorm = DiscriminatorNorm.None }, spec),
            "infogan" => new DcGanModel(new() { Width = 4, Latent = 8, Categorical = 10, Continuous = 2 }, spec),
            "ac-gan" => new DcGanModel(new() { Width = 4, Latent = 8, Conditional = true, Projection = false }, spec),
            "bigan" => new DcGanBiGan(new() { Width = 4, Latent = 8, Stochastic = true }, spec),
            _ => new DcGanModel(new() { Width = 4, Latent = 8 }, spec),
        };
        Objective objective = name switch
        {
            "vae" => new VaeObjective(new(), model, data.Sample),
            "vae-bernoulli" => new VaeObjective(new() { Likelihood = Likelihood.Bernoulli }, model, data.Sample),
            "vae-gan" or "vae-gan-spectral" => new VaeGanObjective(new(), model),
            "infogan" => new InfoGanObjective(new(), model, data),
            "ac-gan" => new AcGanObjective(new(), model, data),
            "bigan" => new BiGanObjective(model, data),
            // Two batches an iteration, here and below: those whose operators are looked at lie within one epoch of the noise.
            "unrolled" => new UnrolledObjective(new() { Steps = 1 }, model),
            "f-anogan" => new FAnoGanObjective(new() { Share = 0.5, DiscriminatorSteps = 2 }, model),
            "f-anogan-encoder" => new FAnoGanObjective(new() { Share = 0.01 }, model),
            _ => throw new ArgumentOutOfRangeException(nameof(name), name, "no such game"),
        };
        return (model, objective);
    }
}
