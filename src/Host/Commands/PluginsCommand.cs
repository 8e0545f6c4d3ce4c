using System.CommandLine;
using Microsoft.Extensions.DependencyInjection;
using PluginGan.Core;
using PluginGan.Host.Plugins;
using PluginGan.Host.Terminal;
using Spectre.Console;

namespace PluginGan.Host.Commands;

/// <summary><c>plugins list</c>, <c>plugins describe</c> and <c>plugins schema</c>.</summary>
internal static class PluginsCommand
{
    private static readonly Argument<string> Name = new("NAME") { Description = "A component, or a plugin with all of its components." };
    private static readonly Option<bool> Json = CommonOptions.Json();

    public static Command Create()
    {
        var list = new Command("list", "Lists plugins and their components.") { Json };
        list.SetAction((parsed, _) => Session.RunAsync(parsed, parsed.GetValue(Json), (services, _) =>
            List(services.GetRequiredService<Screen>(), services.GetRequiredService<PluginCatalogue>())));
        var describe = new Command("describe", "Describes a component and its options.") { Name, Json };
        describe.SetAction((parsed, _) => Session.RunAsync(parsed, parsed.GetValue(Json), (services, _) =>
            Describe(services.GetRequiredService<Screen>(), services.GetRequiredService<PluginCatalogue>(), parsed.GetValue(Name)!)));
        var schema = new Command("schema", "Writes a JSON Schema for recipes with these plugins, for an editor to complete and check them.");
        schema.SetAction((parsed, _) => Session.RunAsync(parsed, true, (services, _) =>
        {
            services.GetRequiredService<Screen>().Answer(RecipeSchema.Build(services.GetRequiredService<PluginCatalogue>().Components));
            return ExitCode.Done;
        }));
        return new Command("plugins", "Looks at plugins.") { list, describe, schema };
    }

    private static int List(Screen screen, PluginCatalogue catalogue)
    {
        var table = new Table().AddColumns("plugin", "version", "component", "kind", "summary");
        foreach (var entry in catalogue.Entries)
        {
            if (entry.Failure is { } failure)
                table.AddRow(new Text(entry.Name), new Text(Short(entry.Version)), new Text("failed", new Style(Color.Red)), new Text(""), new Text(failure));
            var (plugin, version) = (entry.Name, Short(entry.Version));
            foreach (var component in entry.Components)
            {
                string[] cells = [plugin, version, component.Info.Name, Kind(component), component.Info.Summary];
                table.AddRow([.. cells.Select(cell => new Text(cell))]);
                (plugin, version) = ("", "");
            }
        }
        screen.Text.Write(table);
        screen.Answer(catalogue.Entries.Select(entry => new
        {
            entry.Name,
            entry.Version,
            entry.Sha256,
            entry.Failure,
            folder = entry.Folder?.Path,
            components = entry.Components.Select(component => new { component.Kind, component.Info.Name, component.Info.Summary }),
        }));
        return ExitCode.Done;
    }

    private static int Describe(Screen screen, PluginCatalogue catalogue, string name)
    {
        ComponentDescription[] found = [.. catalogue.Components.Where(component => component.Info.Name == name || component.Plugin == name)];
        if (found.Length == 0)
        {
            var nearest = Nearest.Suggest(name, catalogue.Components.Select(component => component.Info.Name));
            throw new UsageException($"there is no component or plugin '{name}'{(nearest is null ? "" : $"; did you mean '{nearest}'?")}");
        }
        foreach (var component in found)
            Describe(screen, component);
        screen.Answer(found);
        return ExitCode.Done;
    }

    private static void Describe(Screen screen, ComponentDescription component)
    {
        var info = component.Info;
        screen.Text.MarkupLineInterpolated($"[bold]{info.Name}[/], {Kind(component)} of {component.Plugin}");
        screen.Line(info.Summary);
        if (info.Source is { } source)
            screen.Line($"source: {source}");
        if (info.Samples.Count > 0)
            screen.Line($"samples: {string.Join(", ", info.Samples).ToLowerInvariant()}");
        if (info.Conditions.Count > 0)
            screen.Line($"conditions: {string.Join(", ", info.Conditions).ToLowerInvariant()}");
        if (info.RequiredRoles.Count > 0)
            screen.Line($"needs networks: {string.Join(", ", info.RequiredRoles)}");
        if (info.ProvidedRoles.Count > 0)
            screen.Line($"networks: {string.Join(", ", info.ProvidedRoles)}");
        if (component.Options.Count > 0)
        {
            var table = new Table().AddColumns("option", "type", "default", "description");
            foreach (var option in component.Options)
            {
                string[] cells = [option.Name, Type(option), option.Required ? "required" : option.Default, option.Description];
                table.AddRow([.. cells.Select(cell => new Text(cell))]);
            }
            screen.Text.Write(table);
        }
        screen.Line();
    }

    private static string Type(OptionDescription option)
    {
        var type = option.Kind switch
        {
            OptionKind.Choice => string.Join(" | ", option.Choices),
            OptionKind.Schedule => "number or schedule",
            var kind => kind.ToString().ToLowerInvariant(),
        };
        var range = (option.Minimum, option.Maximum) switch
        {
            (null, null) => "",
            ({ } low, null) => Least(low),
            (null, { } high) => Most(high),
            ({ } low, { } high) when high >= int.MaxValue => Least(low),
            ({ } low, { } high) when option.AboveMinimum || option.BelowMaximum => $"{Least(low)},{Most(high)}",
            ({ } low, { } high) => $" {low} to {high}",
        };
        return $"{(option.IsList ? "list of " : "")}{type}{range}";

        string Least(double low) => $" {(option.AboveMinimum ? ">" : "≥")} {low}";
        string Most(double high) => $" {(option.BelowMaximum ? "<" : "≤")} {high}";
    }

    private static string Kind(ComponentDescription component) =>
        component.Kind == ComponentKind.FeatureExtractor ? "feature extractor" : component.Kind.ToString().ToLowerInvariant();

    private static string Short(string version) => version.Split('+')[0];
}
