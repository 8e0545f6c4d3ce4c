namespace PluginGan.Core

open PluginGan

/// How the weights of a network are moved.
type OptimizerSettings =
    {
        /// The optimiser: "adam" (arXiv:1412.6980).
        Name: string
        /// The learning rate, at least 0.
        Rate: Schedule
        /// The decay of the mean of gradients, 0 to below 1.
        Beta1: float
        /// The decay of the mean of squared gradients, 0 to below 1.
        Beta2: float
        /// Added to the denominator, above 0.
        Epsilon: float
    }

    /// What holds where a recipe says nothing: Adam at 2e-4 with betas 0.5 and 0.999, as DCGAN uses it (arXiv:1511.06434).
    static member Default =
        {
            Name = "adam"
            Rate = Schedule.Constant 2e-4
            Beta1 = 0.5
            Beta2 = 0.999
            Epsilon = 1e-8
        }
