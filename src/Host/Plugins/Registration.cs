using PluginGan.Core;

namespace PluginGan.Host.Plugins;

/// <summary>A component as its plugin registered it.</summary>
/// <param name="Kind">Its kind.</param>
/// <param name="Info">What it said of itself.</param>
/// <param name="Options">The type of its options.</param>
/// <param name="Create">Makes one from options of that type, what its kind needs besides (a <see cref="ModelSpec"/>, a <see cref="GanModel"/>, or nothing), and the context.</param>
internal sealed record Registration(ComponentKind Kind, ComponentInfo Info, Type Options, Func<object, object?, ComponentContext, Component> Create);
