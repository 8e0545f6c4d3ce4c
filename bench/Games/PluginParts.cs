namespace PluginGan.Bench.Games;

/// <summary>Stands in for the host: keeps what a plugin registers of the kinds that are measured, and creates it by name.</summary>
internal sealed class PluginParts : IComponentRegistry
{
    private readonly ComponentContext context = new() { DataFolder = Path.GetTempPath() };
    private readonly Dictionary<string, Func<object?, AdversarialLoss>> losses = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Func<Evaluator>> evaluators = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Func<object?, ModelSpec, GanModel>> models = new(StringComparer.Ordinal);

    public PluginParts(params IReadOnlyList<IGanPlugin> plugins)
    {
        foreach (var plugin in plugins)
            plugin.Register(this);
    }

    /// <summary>Creates a loss, with its default options where none are given.</summary>
    public AdversarialLoss Loss(string name, object? options = null) => losses[name](options);

    /// <summary>Creates a model for data, with its default options where none are given.</summary>
    public GanModel Model(string name, DataSpec data, object? options = null) => models[name](options, new ModelSpec(data, 1));

    /// <summary>Creates an evaluator with its default options.</summary>
    public Evaluator Evaluator(string name) => evaluators[name]();

    void IComponentRegistry.Architecture<TOptions>(ComponentInfo info, Func<TOptions, ModelSpec, ComponentContext, GanModel> create) =>
        models.Add(info.Name, (options, spec) => create((TOptions?)options ?? new TOptions(), spec, context));

    void IComponentRegistry.Loss<TOptions>(ComponentInfo info, Func<TOptions, ComponentContext, AdversarialLoss> create) =>
        losses.Add(info.Name, options => create((TOptions?)options ?? new TOptions(), context));

    void IComponentRegistry.Dataset<TOptions>(ComponentInfo info, Func<TOptions, ComponentContext, Dataset> create)
    {
    }

    void IComponentRegistry.Objective<TOptions>(ComponentInfo info, Func<TOptions, GanModel, ComponentContext, Objective> create)
    {
    }

    void IComponentRegistry.Regularizer<TOptions>(ComponentInfo info, Func<TOptions, ComponentContext, Regularizer> create)
    {
    }

    void IComponentRegistry.Augmentation<TOptions>(ComponentInfo info, Func<TOptions, ComponentContext, Augmentation> create)
    {
    }

    void IComponentRegistry.FeatureExtractor<TOptions>(ComponentInfo info, Func<TOptions, ComponentContext, FeatureExtractor> create)
    {
    }

    void IComponentRegistry.Evaluator<TOptions>(ComponentInfo info, Func<TOptions, ComponentContext, Evaluator> create) =>
        evaluators.Add(info.Name, () => create(new TOptions(), context));

    void IComponentRegistry.Optimizer<TOptions>(ComponentInfo info, Func<TOptions, ComponentContext, Optimizer> create)
    {
    }
}
