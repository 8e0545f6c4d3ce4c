namespace PluginGan;

/// <summary>
/// Where a plugin registers its components: one method for each kind, all alike. <c>TOptions</c> is a plain class whose public
/// settable properties are the component's options; initialisers are the defaults and <c>[Range]</c>, <c>[Required]</c> and
/// <c>[Description]</c> of System.ComponentModel describe them. A property may be a bool, an integer, a floating-point number,
/// a string, an enum, an array of these, a <see cref="Schedule"/> or a <see cref="DatasetChoice"/>; the recipe names it in camelCase.
/// </summary>
/// <remarks>Names are unique within a kind across all plugins; the host reports a clash by the names of both plugins.</remarks>
public interface IComponentRegistry
{
    /// <summary>Registers a <see cref="PluginGan.Dataset"/>.</summary>
    void Dataset<TOptions>(ComponentInfo info, Func<TOptions, ComponentContext, Dataset> create)
        where TOptions : class, new();

    /// <summary>
    /// Registers an architecture: a factory of <see cref="GanModel"/>. It is called twice a run: first on torch's meta device, where
    /// tensors have shapes and no values, to find what the networks take (a factory that reads values may throw there); then on the CPU,
    /// under a seed of its own. Tensors must not be kept in static fields.
    /// </summary>
    void Architecture<TOptions>(ComponentInfo info, Func<TOptions, ModelSpec, ComponentContext, GanModel> create)
        where TOptions : class, new();

    /// <summary>Registers an <see cref="AdversarialLoss"/>.</summary>
    void Loss<TOptions>(ComponentInfo info, Func<TOptions, ComponentContext, AdversarialLoss> create)
        where TOptions : class, new();

    /// <summary>Registers an <see cref="PluginGan.Objective"/>. The model of the run is given, so that the objective can size networks of its own.</summary>
    void Objective<TOptions>(ComponentInfo info, Func<TOptions, GanModel, ComponentContext, Objective> create)
        where TOptions : class, new();

    /// <summary>Registers a <see cref="PluginGan.Regularizer"/>.</summary>
    void Regularizer<TOptions>(ComponentInfo info, Func<TOptions, ComponentContext, Regularizer> create)
        where TOptions : class, new();

    /// <summary>Registers an <see cref="PluginGan.Augmentation"/>.</summary>
    void Augmentation<TOptions>(ComponentInfo info, Func<TOptions, ComponentContext, Augmentation> create)
        where TOptions : class, new();

    /// <summary>Registers a <see cref="PluginGan.FeatureExtractor"/>.</summary>
    void FeatureExtractor<TOptions>(ComponentInfo info, Func<TOptions, ComponentContext, FeatureExtractor> create)
        where TOptions : class, new();

    /// <summary>Registers an <see cref="PluginGan.Evaluator"/>.</summary>
    void Evaluator<TOptions>(ComponentInfo info, Func<TOptions, ComponentContext, Evaluator> create)
        where TOptions : class, new();

    /// <summary>Registers an <see cref="PluginGan.Optimizer"/>. It is made once for each network that it trains.</summary>
    void Optimizer<TOptions>(ComponentInfo info, Func<TOptions, ComponentContext, Optimizer> create)
        where TOptions : class, new();
}
