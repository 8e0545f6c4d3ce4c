namespace PluginGan.Plugins.Tests;

/// <summary>Stands in for the host: keeps what a plugin registers and creates it by kind and name.</summary>
internal sealed class Registered : IComponentRegistry
{
    private readonly Dictionary<(Type Kind, string Name), Func<object?, Component>> factories = [];
    private readonly ComponentContext context;

    public Registered(IGanPlugin plugin, ComponentContext? context = null)
    {
        this.context = context ?? new ComponentContext { DataFolder = Path.GetTempPath() };
        plugin.Register(this);
    }

    public IEnumerable<string> Names<T>() => factories.Keys.Where(key => key.Kind == typeof(T)).Select(key => key.Name);

    /// <summary>Creates a component, with its default options where none are given.</summary>
    public T Create<T>(string name, object? options = null)
        where T : Component => (T)factories[(typeof(T), name)](options);

    void IComponentRegistry.Dataset<TOptions>(ComponentInfo info, Func<TOptions, ComponentContext, Dataset> create) => Add(info, create);

    // By name alone: tests make models and objectives themselves.
    void IComponentRegistry.Architecture<TOptions>(ComponentInfo info, Func<TOptions, ModelSpec, ComponentContext, GanModel> create) => factories.Add((typeof(GanModel), info.Name), _ => throw new NotSupportedException());

    void IComponentRegistry.Loss<TOptions>(ComponentInfo info, Func<TOptions, ComponentContext, AdversarialLoss> create) =>
        Add(info, create);

    void IComponentRegistry.Objective<TOptions>(ComponentInfo info, Func<TOptions, GanModel, ComponentContext, Objective> create) => factories.Add((typeof(Objective), info.Name), _ => throw new NotSupportedException());

    void IComponentRegistry.Regularizer<TOptions>(ComponentInfo info, Func<TOptions, ComponentContext, Regularizer> create) =>
        Add(info, create);

    void IComponentRegistry.Augmentation<TOptions>(ComponentInfo info, Func<TOptions, ComponentContext, Augmentation> create) =>
        Add(info, create);

    void IComponentRegistry.Optimizer<TOptions>(ComponentInfo info, Func<TOptions, ComponentContext, Optimizer> create) => Add(info, create);

    void IComponentRegistry.FeatureExtractor<TOptions>(ComponentInfo info, Func<TOptions, ComponentContext, FeatureExtractor> create) =>
        Add(info, create);

    void IComponentRegistry.Evaluator<TOptions>(ComponentInfo info, Func<TOptions, ComponentContext, Evaluator> create) =>
        Add(info, create);

    private void Add<TOptions, T>(ComponentInfo info, Func<TOptions, ComponentContext, T> create)
        where TOptions : class, new()
        where T : Component => factories.Add((typeof(T), info.Name), options => create((TOptions?)options ?? new TOptions(), context));
}
