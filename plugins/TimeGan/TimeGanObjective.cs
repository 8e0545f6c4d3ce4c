using PluginGan.Layers;
using TorchSharp;
using static PluginGan.Scalars;
using static TorchSharp.torch;
using static TorchSharp.torch.nn.functional;

namespace PluginGan.Plugins.TimeGan;

/// <summary>
/// TimeGAN's three stages (NeurIPS 2019, section 4, with the weights of the authors' code): embedder and recovery learn to reproduce series; the supervisor learns to predict embeddings; then
/// all play, generator and embedder twice for each update of the discriminator. A stage is a window of the run.
/// </summary>
internal sealed class TimeGanObjective : Objective
{
    private static readonly Scalar Tenth = 0.1;
    private static readonly Scalar Ten = 10.0;
    private static readonly Scalar Tiny = 1e-12;
    private static readonly Scalar VarianceFloor = 1e-6;

    private readonly TimeGanModel model;
    private readonly Scalar gamma, rest, supervisionWeight, momentsWeight;

    /// <exception cref="ComponentException">The model is another, or nothing of the run is left for the game.</exception>
    public TimeGanObjective(TimeGanObjectiveOptions options, GanModel model)
    {
        this.model = model as TimeGanModel ?? throw new ComponentException("the objective timegan trains the five networks of the architecture timegan: name it as architecture");
        var game = options.Embedding + options.Supervising;
        if (game > 0.99)
            throw new ComponentException($"'embedding' and 'supervising' take {game.ToString("0.00", System.Globalization.CultureInfo.InvariantCulture)} of the run together; at most 0.99, so that the game has a part");
        (gamma, rest, supervisionWeight, momentsWeight) = (options.Gamma, options.Rest, options.Supervision, options.Moments);
        string[] embedding = [TimeGanModel.Embedder, TimeGanModel.Recovery], generating = [Roles.Generator, TimeGanModel.Supervisor];
        Phases =
        [
            new("embedding", embedding) { Active = new Window(0, options.Embedding) },
            new("supervising", [TimeGanModel.Supervisor]) { Active = new Window(options.Embedding, game) },
            .. new Phase[] { new("g", generating), new("e", embedding), new("g2", generating), new("e2", embedding), new("d", [Roles.Discriminator]) }.Select(phase => phase with { Active = new Window(game, 1) }),
        ];
    }

    /// <inheritdoc/>
    public override IReadOnlyList<Phase> Phases { get; }

    /// <inheritdoc/>
    public override Tensor Loss(Phase phase, StepContext step)
    {
        var series = model.Scaled(step.Real.Samples);
        var loss = phase.Name switch
        {
            "embedding" => Reconstruction(series, model.Embed(series), step),
            "supervising" => Supervision(model.Embed(series), step),
            "g" or "g2" => Generator(series, step),
            "e" or "e2" => Embedder(series, step),
            _ => Discriminator(series, step),
        };
        step.Report("loss", loss);
        return loss;
    }

    /// <summary>10 √MSE(x, r(e(x))).</summary>
    private Tensor Reconstruction(Tensor series, Tensor embeddings, StepContext step)
    {
        var error = mse_loss(model.Recover(embeddings), series);
        step.Report("reconstruction", error);
        return error.add(Tiny, One).sqrt().mul(Ten);
    }

    private Tensor Supervision(Tensor embeddings, StepContext step) => Supervision(embeddings, model.Predict(embeddings), step);

    /// <summary>MSE of the next embedding and what the supervisor says it will be.</summary>
    private static Tensor Supervision(Tensor embeddings, Tensor predicted, StepContext step)
    {
        var last = embeddings.shape[1] - 1;
        var error = mse_loss(predicted.narrow(1, 0, last), embeddings.narrow(1, 1, last));
        step.Report("supervision", error);
        return error;
    }

    private Tensor Embedder(Tensor series, StepContext step)
    {
        var embeddings = model.Embed(series);
        return Reconstruction(series, embeddings, step).add(Supervision(embeddings, step), Tenth);
    }

    /// <summary>Both verdicts, the root of the supervised loss, and how far means and deviations of the batch are from the data's; the last two weighted by options, 100 in the authors' code.</summary>
    private Tensor Generator(Tensor series, StepContext step)
    {
        // What goes through one network goes through it at once: a recurrent one takes little longer for twice the batch.
        var (imagined, embeddings) = (model.Imagine(step.Latent(step.Real.Count)), model.Embed(series).detach());
        var predicted = model.Predict(cat([imagined, embeddings])).chunk(2);
        var judged = model.Judge(cat([predicted[0], imagined])).chunk(2);
        var verdicts = BinaryCrossEntropy.AsReal(judged[0]).add(BinaryCrossEntropy.AsReal(judged[1]), gamma);
        var supervision = Supervision(embeddings, predicted[1], step).add(Tiny, One).sqrt();
        var moments = Moments(model.Recover(predicted[0]), series);
        step.Report("moments", moments);
        return verdicts.add(supervision, supervisionWeight).add(moments, momentsWeight);
    }

    private Tensor Discriminator(Tensor series, StepContext step)
    {
        var imagined = model.Imagine(step.Latent(step.Real.Count)).detach();
        var judged = model.Judge(cat([model.Embed(series).detach(), model.Predict(imagined).detach(), imagined])).chunk(3);
        var (real, predicted, alone) = (judged[0], judged[1], judged[2]);
        step.Report("real", real.mean());
        step.Report("fake", predicted.mean());
        var loss = BinaryCrossEntropy.Of(real, predicted).add(BinaryCrossEntropy.AsGenerated(alone), gamma);
        // Nothing waits for the device: where the discriminator is to rest, its gradients are zero.
        return loss.mul(loss.detach().gt(rest).to(loss.dtype));
    }

    /// <summary>mean |σ(x̂) − σ(x)| + mean |μ(x̂) − μ(x)|, over the batch for each step and channel.</summary>
    private static Tensor Moments(Tensor generated, Tensor real)
    {
        Tensor Deviation(Tensor values) => values.var([0], unbiased: false).add(VarianceFloor, One).sqrt();
        return Deviation(generated).sub(Deviation(real)).abs().mean().add(generated.mean([0]).sub(real.mean([0])).abs().mean(), One);
    }
}
