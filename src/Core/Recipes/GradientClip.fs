namespace PluginGan.Core

/// What is bounded when the gradients of a network are clipped.
type GradientClipKind =
    /// The L2 norm over the whole network, as torch.nn.utils.clip_grad_norm_ does.
    | Norm = 0
    /// Each element, as torch.nn.utils.clip_grad_value_ does.
    | Value = 1
    /// The norm of each unit, relative to that of its weights (arXiv:2102.06171).
    | Adaptive = 2

/// How the gradients of a network are clipped.
type GradientClip =
    {
        /// What is bounded.
        Kind: GradientClipKind
        /// The bound, above 0: a norm, a value, or for Adaptive a share of the weights' norm.
        Threshold: float
    }
