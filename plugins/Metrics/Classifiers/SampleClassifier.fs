namespace PluginGan.Plugins.Metrics

open PluginGan
open TorchSharp
open TorchSharp.Modules
open type TorchSharp.torch.nn

/// Tells samples of two kinds apart, [N, ...] to logits [N]: what has steps is read step by step by a gated recurrent layer, points and rows by two
/// hidden layers. Values are brought to mean 0 and deviation 1 by those of given samples, for each value of a step.
type SampleClassifier(steps: bool, like: torch.Tensor, width: int) as this =
    inherit Module<torch.Tensor, torch.Tensor>("SampleClassifier")

    let size = like.shape[like.shape.Length - 1]
    let flat = like.reshape (-1L, size)
    let mean = flat.mean([| 0L |]).DetachFromDisposeScope()

    let deviation =
        flat.std(0L, false).clamp_min((1e-6).ToScalar()).DetachFromDisposeScope()

    let recurrent = if steps then GRU(size, width, batchFirst = true) else null

    let hidden =
        if steps then
            null
        else
            Sequential(Linear(size, width), ReLU(), Linear(width, width), ReLU())

    let verdict = Linear(width, 1)

    do this.RegisterComponents()

    override _.forward samples =
        let values = (samples - mean) / deviation

        let features =
            match hidden with
            | Null ->
                let struct (outputs, _) = recurrent.call (values, null)
                outputs.select (1L, -1L)
            | NonNull layers -> layers.call values

        verdict.call(features).squeeze 1L
