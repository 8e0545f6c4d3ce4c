using System.Text.Json;
using Microsoft.Extensions.Logging;
using PluginGan.Core;
using PluginGan.Host.Plugins;
using PluginGan.Host.Terminal;
using PluginGan.Training;
using TorchSharp;

namespace PluginGan.Host.Runs;

/// <summary>Makes components from what a recipe says of them, and says which plugin is at fault when that fails.</summary>
internal sealed class ComponentFactory(
    PluginCatalogue catalogue, DataFolder data, ILoggerFactory loggers, IProgress<ComponentProgress> progress, Screen screen,
    CallTrace? trace = null)
{
    private static readonly string[] WordsOfSize = ["width", "hidden"];

    /// <summary>Where features of data are kept between evaluations.</summary>
    public FeatureCache Features => new(Path.Combine(data.Path, "features"));

    /// <summary>Told what is being made; what is made may tell it more.</summary>
    public CallTrace Trace { get; } = trace ?? new CallTrace();

    /// <summary>Shows the progress of long preparations and measurements.</summary>
    public IProgress<ComponentProgress> Progress => progress;

    public Dataset Dataset(ComponentChoice choice, ComponentSetting setting) => Make<Dataset>(ComponentKind.Dataset, choice, null, setting);

    /// <param name="choice">The architecture.</param>
    /// <param name="spec">What it is made for.</param>
    /// <param name="setting">The run's.</param>
    /// <param name="remedy">What would help where memory does not suffice; where left out, what would make the networks smaller.</param>
    public GanModel Model(ComponentChoice choice, ModelSpec spec, ComponentSetting setting, string? remedy = null) => Make<GanModel>(ComponentKind.Architecture, choice, spec, setting, remedy);

    public AdversarialLoss Loss(ComponentChoice choice, ComponentSetting setting) => Make<AdversarialLoss>(ComponentKind.Loss, choice, null, setting);

    public Objective Objective(ComponentChoice choice, GanModel model, ComponentSetting setting) => Make<Objective>(ComponentKind.Objective, choice, model, setting);

    public Regularizer Regularizer(ComponentChoice choice, ComponentSetting setting) => Make<Regularizer>(ComponentKind.Regularizer, choice, null, setting);

    public Augmentation Augmentation(ComponentChoice choice, ComponentSetting setting) => Make<Augmentation>(ComponentKind.Augmentation, choice, null, setting);

    public FeatureExtractor FeatureExtractor(ComponentChoice choice, ComponentSetting setting) => Make<FeatureExtractor>(ComponentKind.FeatureExtractor, choice, null, setting);

    public Evaluator Evaluator(ComponentChoice choice, ComponentSetting setting) => Make<Evaluator>(ComponentKind.Evaluator, choice, null, setting);

    public Optimizer Optimizer(ComponentChoice choice, ComponentSetting setting) => Make<Optimizer>(ComponentKind.Optimizer, choice, null, setting);

    /// <summary>What fits the extractors of an evaluation that need it.</summary>
    /// <param name="training">Opens the training data.</param>
    /// <param name="evaluation">Opens the evaluation data.</param>
    /// <param name="device">Where to compute.</param>
    public ExtractorFitting Fitting(Func<Dataset> training, Func<Dataset> evaluation, torch.Device device) =>
        new(Path.Combine(data.Path, "extractors"), training, evaluation, device, progress, screen.ProgressLine);

    private T Make<T>(ComponentKind kind, ComponentChoice choice, object? subject, ComponentSetting setting, string? remedy = null)
        where T : Component
    {
        var registration = catalogue.Find(kind, choice.Name);
        var what = $"{(kind == ComponentKind.FeatureExtractor ? "feature extractor" : kind.ToString().ToLowerInvariant())} '{choice.Name}'";
        var seed = Seeds.Of(setting.Seed, $"init/{choice.Path}");
        using var making = Trace.Within($"making the {what}", PluginOf(kind, choice.Name));
        try
        {
            remedy ??= Remedy(kind, choice, setting.Data);
            return MemoryGuard.Make(kind is ComponentKind.Architecture or ComponentKind.Objective ? "its networks need" : "it needs", remedy, () =>
            {
                if (kind == ComponentKind.Architecture && Sizes(registration, choice, subject, seed, setting) is { } sizes)
                    MemoryGuard.Require(sizes, remedy);
                GlobalGenerator.Seed(setting.Device, seed);
                return Create<T>(registration, choice, subject, new ComponentContext
                {
                    Device = setting.Device,
                    Seed = seed,
                    Data = setting.Data,
                    LoggerFactory = loggers,
                    Progress = progress,
                    DataFolder = data.Path,
                    CancellationToken = setting.Cancellation,
                    Datasets = nested => Dataset(Choice(nested, $"{choice.Path}/{nested.Name}"), setting),
                });
            });
        }
        catch (ComponentException problem)
        {
            throw new ComponentException($"{what}: {problem.Message}", problem);
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            throw new PluginException($"the plugin '{PluginOf(kind, choice.Name)}' failed while making the {what}: {error.GetType().Name}: {error.Message}", error);
        }
    }

    private static ComponentChoice Choice(DatasetChoice dataset, string path) =>
        new(path, dataset.Name, JsonDocument.Parse(dataset.Options).RootElement.EnumerateObject().ToDictionary(option => option.Name, option => option.Value));

    // On a thread of its own, since dispose scopes belong to threads: a component that is opened in the midst of an evaluation would
    // otherwise lose its tensors with the scope that happens to be open. A task that waits in a pool may be run by the thread that waits
    // for it.
    private static T Create<T>(Registration registration, ComponentChoice choice, object? subject, ComponentContext context)
        where T : Component => Task.Factory.StartNew(
            () => (T)registration.Create(OptionReflection.Bind(registration.Options, choice.Options), subject, context),
            CancellationToken.None,
            TaskCreationOptions.LongRunning | TaskCreationOptions.DenyChildAttach,
            TaskScheduler.Default).GetAwaiter().GetResult();

    private IReadOnlyDictionary<string, long>? Sizes(Registration registration, ComponentChoice choice, object? subject, ulong seed, ComponentSetting setting) => NetworkSizes.Of(() => Create<GanModel>(
        registration, choice, subject, new ComponentContext { Device = torch.META, Seed = seed, Data = setting.Data, DataFolder = data.Path, CancellationToken = setting.Cancellation }));

    // What makes networks large are widths, and what the samples are.
    private static string Remedy(ComponentKind kind, ComponentChoice choice, DataSpec? data)
    {
        if (kind == ComponentKind.Dataset)
            return "take fewer or smaller samples";
        var sizes = choice.Options.Where(option => WordsOfSize.Any(word => option.Key.Contains(word, StringComparison.OrdinalIgnoreCase))).Select(option => $"{choice.Path}.{option.Key} ({option.Value})").ToList();
        var smaller = sizes.Count > 0 ? $"lower {string.Join(" or ", sizes)}" : "make it smaller";
        return data?.Sample switch
        {
            null => smaller,
            TableSpec table => $"{smaller}, or take a table with fewer than {table.Columns.Count} columns and {table.Columns.Sum(column => column.Categories?.Count ?? 0)} categories",
            var sample => $"{smaller}, or take smaller samples than {sample}",
        };
    }

    private string PluginOf(ComponentKind kind, string name) =>
        catalogue.Components.First(component => component.Kind == kind && component.Info.Name == name).Plugin;
}

/// <summary>What components of one run have in common.</summary>
internal sealed record ComponentSetting(torch.Device Device, ulong Seed, DataSpec? Data, CancellationToken Cancellation);
