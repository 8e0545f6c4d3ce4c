using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using PluginGan.Core;

namespace PluginGan.Host.Plugins;

/// <summary>
/// Describes and fills the plain classes that plugins declare as options. Written on reflection alone: the serialiser's and
/// validator's caches would keep a plugin from being unloaded.
/// </summary>
internal static class OptionReflection
{
    /// <summary>The options of a type, with the defaults of a new instance.</summary>
    /// <exception cref="PluginException">A property has a type that options cannot have.</exception>
    public static IReadOnlyList<OptionDescription> Describe(Type type)
    {
        var defaults = Activator.CreateInstance(type)!;
        return [.. Properties(type).Select(property => Describe(property, defaults))];
    }

    /// <summary>Makes options with the given values, which have been checked against the descriptions.</summary>
    public static object Bind(Type type, IReadOnlyDictionary<string, JsonElement> values)
    {
        var options = Activator.CreateInstance(type)!;
        foreach (var property in Properties(type))
            if (values.TryGetValue(CamelCase(property.Name), out var value))
                property.SetValue(options, Read(value, property.PropertyType));
        return options;
    }

    private static IEnumerable<PropertyInfo> Properties(Type type) =>
        type.GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(property => property is { CanRead: true, SetMethod.IsPublic: true });

    private static OptionDescription Describe(PropertyInfo property, object defaults)
    {
        var element = property.PropertyType.IsArray ? property.PropertyType.GetElementType()! : property.PropertyType;
        var range = property.GetCustomAttribute<RangeAttribute>();
        var value = property.GetValue(defaults);
        return new OptionDescription(
            CamelCase(property.Name),
            Kind(element, property),
            property.PropertyType.IsArray,
            element.IsEnum ? [.. Enum.GetNames(element).Select(CamelCase)] : [],
            Write(value)?.ToJsonString() ?? "null",
            Bound(range?.Minimum),
            Bound(range?.Maximum),
            range?.MinimumIsExclusive ?? false,
            range?.MaximumIsExclusive ?? false,
            // Where there is a default, [Required] only says that it cannot be taken away.
            property.IsDefined(typeof(RequiredAttribute)) && value is null or "" or Array { Length: 0 },
            property.GetCustomAttribute<DescriptionAttribute>()?.Description ?? "");
    }

    private static OptionKind Kind(Type type, PropertyInfo property) => Type.GetTypeCode(type) switch
    {
        _ when type.IsEnum => OptionKind.Choice,
        _ when type == typeof(Schedule) => OptionKind.Schedule,
        _ when type == typeof(DatasetChoice) => OptionKind.Dataset,
        _ when type == typeof(string) && property.IsDefined(typeof(LocalPathAttribute)) => OptionKind.Path,
        TypeCode.Boolean => OptionKind.Boolean,
        TypeCode.Int32 or TypeCode.Int64 => OptionKind.Integer,
        TypeCode.Single or TypeCode.Double => OptionKind.Number,
        TypeCode.String => OptionKind.Text,
        _ => throw new PluginException($"the option {property.DeclaringType!.Name}.{property.Name} has type {type.Name}; "
            + "options are bool, int, long, float, double, string, an enum, a Schedule, a DatasetChoice, or an array of these"),
    };

    private static double? Bound(object? value) => value is null ? null : Convert.ToDouble(value, CultureInfo.InvariantCulture);

    private static JsonNode? Write(object? value) => value switch
    {
        null => null,
        Array array => new JsonArray([.. array.Cast<object?>().Select(Write)]),
        Enum choice => CamelCase(choice.ToString()),
        DatasetChoice dataset => Write(dataset),
        Schedule schedule => JsonNode.Parse(Schedules.ToJson(schedule)),
        bool flag => flag,
        int or long => Convert.ToInt64(value, CultureInfo.InvariantCulture),
        float number => double.Parse(number.ToString("R", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture),
        double number => number,
        _ => value.ToString(),
    };

    private static JsonObject Write(DatasetChoice dataset)
    {
        var options = JsonNode.Parse(dataset.Options)!.AsObject();
        options.Insert(0, "name", dataset.Name);
        return options;
    }

    private static object? Read(JsonElement value, Type type)
    {
        if (type.IsArray)
        {
            var items = value.EnumerateArray().ToList();
            var array = Array.CreateInstance(type.GetElementType()!, items.Count);
            for (var index = 0; index < items.Count; index++)
                array.SetValue(Read(items[index], type.GetElementType()!), index);
            return array;
        }
        if (type.IsEnum)
            return Enum.Parse(type, value.GetString()!, ignoreCase: true);
        if (type == typeof(Schedule))
            return Schedules.Read(value);
        if (type == typeof(DatasetChoice))
            return new DatasetChoice(value.GetProperty("name").GetString()!, JsonSerializer.Serialize(value.EnumerateObject().Where(option => option.Name != "name").ToDictionary(option => option.Name, option => option.Value)));
        return Type.GetTypeCode(type) switch
        {
            TypeCode.Boolean => value.GetBoolean(),
            TypeCode.Int32 => (int)value.GetDouble(),
            TypeCode.Int64 => (long)value.GetDouble(),
            TypeCode.Single => value.GetSingle(),
            TypeCode.Double => value.GetDouble(),
            _ => value.GetString(),
        };
    }

    private static string CamelCase(string name) => JsonNamingPolicy.CamelCase.ConvertName(name);
}
