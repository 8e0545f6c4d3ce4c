namespace PluginGan.Core

/// What networks compute in.
type Precision =
    /// Chosen when a run begins, and written into its recipe.
    | Auto = 0
    /// Float32 throughout.
    | Fp32 = 1
    /// Convolutions and matrix products in bfloat16; weights, moments, losses and penalties in float32.
    | Bf16 = 2

/// How the weights of convolutions and the images lie in memory.
type MemoryFormat =
    /// Chosen when a run begins, and written into its recipe.
    | Auto = 0
    /// As torch lays them out by itself: channels outside (NCHW).
    | Contiguous = 1
    /// Channels innermost (NHWC).
    | ChannelsLast = 2
