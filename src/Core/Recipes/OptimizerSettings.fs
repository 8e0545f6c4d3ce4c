namespace PluginGan.Core

open PluginGan

/// How the weights of a network are moved.
type OptimizerSettings =
    {
        /// The rule: an optimizer of the catalogue, with its options.
        Component: ComponentChoice
        /// The learning rate, at least 0.
        Rate: Schedule
        /// How gradients are clipped before the rule sees them, or null.
        Clip: GradientClip | null
    }

    /// What holds where a recipe says nothing: Adam at 2e-4, its options those that DCGAN uses (arXiv:1511.06434).
    static member Default =
        {
            Component =
                {
                    Path = "training.optimizers.default"
                    Name = "adam"
                    Options = Map.empty
                }
            Rate = Schedule.Constant 2e-4
            Clip = null
        }
