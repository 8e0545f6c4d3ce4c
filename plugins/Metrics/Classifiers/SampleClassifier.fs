namespace PluginGan.Plugins.Metrics

open TorchSharp
open TorchSharp.Modules
open type TorchSharp.torch.nn

/// Tells samples of two kinds apart, [N, ..., size] to logits [N]: what has steps is read step by step by a gated recurrent layer, points
/// and rows by two hidden layers. Values should be about 0 and 1 apart.
type SampleClassifier(steps: bool, size: int64, width: int) as this =
    inherit Module<torch.Tensor, torch.Tensor>("SampleClassifier")

    let recurrent = if steps then GRU(size, width, batchFirst = true) else null

    let hidden =
        if steps then
            null
        else
            Sequential(Linear(size, width), ReLU(), Linear(width, width), ReLU())

    let verdict = Linear(width, 1)

    do this.RegisterComponents()

    override _.forward samples =
        let features =
            match hidden with
            | Null ->
                let struct (outputs, _) = recurrent.call (samples, null)
                outputs.select (1L, -1L)
            | NonNull layers -> layers.call samples

        verdict.call(features).squeeze 1L
