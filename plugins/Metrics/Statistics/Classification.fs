namespace PluginGan.Plugins.Metrics

open TorchSharp

/// What a classifier's verdicts on generated samples say of a run. Shares are between 0 and 1.
module Classification =

    /// The most probable class of each sample and its probability, from logits [N, K]; a ComponentException refuses an empty
    /// set and values that are not finite.
    let verdicts (what: string) (logits: torch.Tensor) : int64[] * float[] =
        use _ = torch.NewDisposeScope()
        Require.atLeast 1L what logits
        Require.finite what logits

        let struct (probabilities, classes) =
            logits.``to``(torch.float64).softmax(1L).max 1L

        classes.data<int64>().ToArray(), probabilities.data<float>().ToArray()

    /// The share of samples in each of so many classes.
    let shares (classes: int) (predicted: int64[]) =
        let counts = Array.zeroCreate<int> classes

        for label in predicted do
            counts[int label] <- counts[int label] + 1

        counts |> Array.map (fun count -> float count / float predicted.Length)

    /// The share of classes that have at least that share of the samples.
    let coverage (minimumShare: float) (shares: float[]) =
        shares
        |> Array.averageBy (fun share -> if share >= minimumShare then 1.0 else 0.0)

    /// The share of samples whose class is the one asked for.
    let agreement (asked: int64[]) (predicted: int64[]) =
        Array.map2 (fun wanted got -> if wanted = got then 1.0 else 0.0) asked predicted
        |> Array.average

    /// The share of samples that the classifier is at least that sure of.
    let confident (threshold: float) (probabilities: float[]) =
        probabilities
        |> Array.averageBy (fun probability -> if probability >= threshold then 1.0 else 0.0)
