using PluginGan.Core;

namespace PluginGan.Host.Plugins;

/// <summary>Collects what a plugin registers.</summary>
internal sealed class Registrations : List<Registration>, IComponentRegistry
{
    public void Dataset<TOptions>(ComponentInfo info, Func<TOptions, ComponentContext, Dataset> create)
        where TOptions : class, new() => Add(ComponentKind.Dataset, info, create);

    public void Architecture<TOptions>(ComponentInfo info, Func<TOptions, ModelSpec, ComponentContext, GanModel> create)
        where TOptions : class, new() =>
        Add(new Registration(ComponentKind.Architecture, info, typeof(TOptions), (options, spec, context) => create((TOptions)options, (ModelSpec)spec!, context)));

    public void Loss<TOptions>(ComponentInfo info, Func<TOptions, ComponentContext, AdversarialLoss> create)
        where TOptions : class, new() => Add(ComponentKind.Loss, info, create);

    public void Objective<TOptions>(ComponentInfo info, Func<TOptions, GanModel, ComponentContext, Objective> create)
        where TOptions : class, new() =>
        Add(new Registration(ComponentKind.Objective, info, typeof(TOptions), (options, model, context) => create((TOptions)options, (GanModel)model!, context)));

    public void Regularizer<TOptions>(ComponentInfo info, Func<TOptions, ComponentContext, Regularizer> create)
        where TOptions : class, new() => Add(ComponentKind.Regularizer, info, create);

    public void Augmentation<TOptions>(ComponentInfo info, Func<TOptions, ComponentContext, Augmentation> create)
        where TOptions : class, new() => Add(ComponentKind.Augmentation, info, create);

    public void FeatureExtractor<TOptions>(ComponentInfo info, Func<TOptions, ComponentContext, FeatureExtractor> create)
        where TOptions : class, new() => Add(ComponentKind.FeatureExtractor, info, create);

    public void Evaluator<TOptions>(ComponentInfo info, Func<TOptions, ComponentContext, Evaluator> create)
        where TOptions : class, new() => Add(ComponentKind.Evaluator, info, create);

    public void Optimizer<TOptions>(ComponentInfo info, Func<TOptions, ComponentContext, Optimizer> create)
        where TOptions : class, new() => Add(ComponentKind.Optimizer, info, create);

    private void Add<TOptions>(ComponentKind kind, ComponentInfo info, Func<TOptions, ComponentContext, Component> create) =>
        Add(new Registration(kind, info, typeof(TOptions), (options, _, context) => create((TOptions)options, context)));
}
