using System.Reflection;

namespace PluginGan.Plugins.Tests;

/// <summary>An evaluator as a plugin registers it.</summary>
/// <param name="Info">Its description.</param>
/// <param name="Create">Makes it, with default options where none are given.</param>
internal sealed record RegisteredEvaluator(ComponentInfo Info, Func<object?, ComponentContext, Evaluator> Create);

/// <summary>The evaluators of all plugins, found as the host finds them: by what they register.</summary>
internal sealed class RegisteredEvaluators : IComponentRegistry
{
    private readonly List<RegisteredEvaluator> found = [];

    public static IReadOnlyList<RegisteredEvaluator> OfAllPlugins()
    {
        var registry = new RegisteredEvaluators();
        foreach (var file in Directory.GetFiles(AppContext.BaseDirectory, "PluginGan.*.dll").Order(StringComparer.Ordinal))
        {
            foreach (var plugin in Assembly.LoadFrom(file).GetTypes().Where(type => type.IsClass && type.IsAssignableTo(typeof(IGanPlugin))))
                ((IGanPlugin)Activator.CreateInstance(plugin)!).Register(registry);
        }
        return registry.found;
    }

    void IComponentRegistry.Evaluator<TOptions>(ComponentInfo info, Func<TOptions, ComponentContext, Evaluator> create) =>
        found.Add(new(info, (options, context) => create((TOptions?)options ?? new TOptions(), context)));

    void IComponentRegistry.Dataset<TOptions>(ComponentInfo info, Func<TOptions, ComponentContext, Dataset> create)
    {
    }

    void IComponentRegistry.Architecture<TOptions>(ComponentInfo info, Func<TOptions, ModelSpec, ComponentContext, GanModel> create)
    {
    }

    void IComponentRegistry.Loss<TOptions>(ComponentInfo info, Func<TOptions, ComponentContext, AdversarialLoss> create)
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

    void IComponentRegistry.Optimizer<TOptions>(ComponentInfo info, Func<TOptions, ComponentContext, Optimizer> create)
    {
    }
}
