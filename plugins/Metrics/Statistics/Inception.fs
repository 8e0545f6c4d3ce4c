namespace PluginGan.Plugins.Metrics

open TorchSharp

/// The inception score (arXiv:1606.03498) under any classifier.
module Inception =

    /// exp E KL(p(y|x) ‖ p(y)) for each part of the samples, between 1 and the number of classes. Logits are [N, K], parts are rows of
    /// them; a ComponentException refuses values that are not finite. Everything stays in logarithms, so no class probability of 0 matters.
    let scores (logits: torch.Tensor) (parts: int64[][]) : float[] =
        use _ = torch.NewDisposeScope()
        let what = "class logits of generated samples"
        Require.atLeast 1L what logits
        Require.finite what logits
        let all = logits.detach().``to``(torch.float64).log_softmax 1L

        parts
        |> Array.map (fun rows ->
            use _ = torch.NewDisposeScope()
            let conditional = all.index_select (0L, torch.tensor rows)
            let marginal = conditional.logsumexp (0L, keepdim = true) - log (float rows.Length)
            let divergences = (conditional.exp () * (conditional - marginal)).sum 1L
            exp (divergences.mean().item<float>()))
