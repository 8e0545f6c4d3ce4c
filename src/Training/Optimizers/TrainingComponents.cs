namespace PluginGan.Training;

/// <summary>The components that come with the trainer itself: the common optimisers.</summary>
public sealed class TrainingComponents : IGanPlugin
{
    /// <inheritdoc/>
    public void Register(IComponentRegistry components)
    {
        components.Optimizer<AdamOptions>(
            new("adam", "Adam: steps of about the learning rate, whatever the size of the gradients.") { Source = "arXiv:1412.6980" },
            (options, _) => new Adam(options));
        components.Optimizer<AdamWOptions>(
            new("adamw", "Adam with decoupled weight decay.") { Source = "arXiv:1711.05101" },
            (options, _) => new Adam(options, decoupled: true));
        components.Optimizer<RmsPropOptions>(
            new("rmsprop", "RMSProp: gradients over the root of their mean square; usual with weight-clipped Wasserstein critics.") { Source = "Tieleman, Hinton 2012" },
            (options, _) => new RmsProp(options));
        components.Optimizer<SgdOptions>(
            new("sgd", "Stochastic gradient descent, with momentum if asked for.") { Source = "Sutskever et al., ICML 2013" },
            (options, _) => new Sgd(options));
    }
}
